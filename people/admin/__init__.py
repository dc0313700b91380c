"""People in the administration: rights are given and ended here, numbers are never shown."""

from django.contrib import admin
from django.contrib.auth.models import Group

from people.admin.accounts import Accounts, Enterprises, Mandates, People, Sessions
from people.admin.offices import Departments, Divisions, Officers
from people.admin.roles import StaffRoles
from people.admin.trail import Audit
from people.admin.words import name_everything
from people.models import (
    Account,
    AuditRecord,
    Department,
    Division,
    Enterprise,
    Mandate,
    Officer,
    Person,
    Session,
    StaffRole,
)

name_everything()
admin.site.unregister(Group)  # rights come from staff roles
admin.site.register(Account, Accounts)
admin.site.register(Person, People)
admin.site.register(Enterprise, Enterprises)
admin.site.register(Mandate, Mandates)
admin.site.register(Division, Divisions)
admin.site.register(Department, Departments)
admin.site.register(Officer, Officers)
admin.site.register(StaffRole, StaffRoles)
admin.site.register(Session, Sessions)
admin.site.register(AuditRecord, Audit)

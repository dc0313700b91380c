"""The rights to a published guide: it is public, so whoever reaches it reads all of it."""

from gateway.right import reached

GUIDE = {
    "Guide": reached(
        "taskCode handleCode localCatalogueCode localTaskCode levels body handledBy entrustedBy jointBodies "
        "powerSource powers exercise jurisdiction caseKind reviewKind served topics channels visits visitsReason "
        "scope quantityLimit statutoryNote promisedNote specialProcedures flow flowCharts outcomes rights duties "
        "questions charged feeBasis fees payOnline intermediaries contacts onlineDepth computerUrl mobileUrl "
        "oneSignIn mobileOneSignIn systemLevel inHall appointment express terminals promiseAllowed reaches"
    ),
    "CodedValue": reached("name code label"),
    "GuideBody": reached("name creditCode nature"),
    "GuideFee": reached("name standard basis reducible reduction"),
    "GuideIntermediary": reached("name body within charge note"),
    "GuideSpecial": reached("kind name basis within"),
    "GuideQuestion": reached("question answer"),
    "GuidePlace": reached("name address hours phone"),
    "GuideContacts": reached("enquiry complaint window hours places"),
    "GuideTopics": reached("person enterprise"),
    "GuideOutcome": reached("name kind code samples"),
    "GuideReach": reached("code name"),
}

"""What people read for the functions of departments (职能); Chinese is the source, `locale/en` has English."""

from django.utils.translation import gettext_lazy as _

FUNCTIONS = {
    "market_regulation": _("市场监督管理部门"),
    "fire": _("消防救援机构"),
    "government_data": _("政务服务和数据管理部门"),
    "urban_management": _("城市管理部门"),
    "ecology": _("生态环境部门"),
    "public_security": _("公安机关"),
    "natural_resources": _("自然资源部门"),
    "health": _("卫生健康部门"),
    "civil_affairs": _("民政部门"),
    "transport": _("交通运输部门"),
    "medical_insurance": _("医疗保障部门"),
    "human_resources": _("人力资源和社会保障部门"),
    "housing": _("住房和城乡建设部门"),
    "education": _("教育部门"),
    "service_hall": _("政务服务中心"),
}

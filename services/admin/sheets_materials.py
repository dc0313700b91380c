"""The sheets of what is handed in: a material, and a group of which some are enough."""

from django import forms
from typing_extensions import override

from services.admin.controls import LimitField, Picked, PickedSeveral
from services.admin.entry_form import NamedForm
from services.admin.sheets_form import HOLDERS

MODES = (
    ("cert_linked", "关联电子证照，免提交"),
    ("data_verified", "数据核验，免提交"),
    ("form_generated", "由表单自动生成"),
    ("promise", "告知承诺"),
    ("upload", "上传文件"),
    ("later", "容缺后补"),
)
ACCEPT = (("application/pdf", "PDF"), ("image/jpeg", "JPEG 图片"), ("image/png", "PNG 图片"))


_FILES = ("upload", "later")
# Which ways of having a material use which fields of the sheet.
USED_BY = {
    "certificate": ("cert_linked", "data_verified"),
    "holder": ("cert_linked", "data_verified"),
    "paths": ("form_generated", "data_verified", "promise"),
    "accept": _FILES,
    "most_files": _FILES,
    "later": ("later",),
}


class MaterialForm(NamedForm):
    """A material and how it is had without paper."""

    groups = (
        ("材料", "", ("name", "mode", "core", "group", "basis", "help", "id")),
        ("什么时候要", "", ("required", "required_when")),
        (
            "免提交的依据",
            "关联证照的选证照类型；由表单生成、数据核验、告知承诺的选对应的表单项。",
            ("certificate", "holder", "paths"),
        ),
        ("上传与容缺", "上传文件、容缺后补的才填。", ("accept", "most_files", "later")),
    )
    meant = {"required": True, "holder": "applicant"}
    name = forms.CharField(label="材料名称", max_length=200)
    mode = forms.ChoiceField(label="提供方式", choices=MODES)
    core = forms.BooleanField(label="核心材料（不得容缺）", required=False)
    group = Picked(label="所属材料组", required=False, help_text="组内材料任选几样即可。")
    basis = forms.CharField(label="依据", required=False, max_length=500)
    help = forms.CharField(
        label="填报须知", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    required = forms.BooleanField(label="一律要求", required=False)
    certificate = Picked(label="对应证照", required=False)
    holder = forms.ChoiceField(label="谁的证照", choices=HOLDERS)
    paths = PickedSeveral(label="对应表单项", required=False)
    accept = PickedSeveral(label="文件类型", choices=ACCEPT, required=False)
    most_files = forms.IntegerField(label="最多几个文件", required=False, min_value=1, max_value=50)
    later = LimitField(label="补交期限", help_text="从受理起多久内补齐。")

    @override
    def prepare(self) -> None:
        pickers = self.pickers
        groups = [("", "（不属于任何组）"), *pickers.named("material_groups")]
        self.offer("group", groups)
        certificates = [("", "（不用证照）"), *pickers.certificates]
        self.offer("certificate", certificates)
        self.offer("paths", pickers.paths)
        self.refresh_on("mode")
        self.only_for(USED_BY, self.chosen("mode"))
        self.condition(
            "required_when", "只在什么情况下要", "填了条件，就以条件为准；没有条件的看“一律要求”。"
        )


class MaterialGroupForm(NamedForm):
    """Materials of which some are enough."""

    groups = (("材料组", "组内的材料任选其中几样。", ("name", "least", "most", "id")),)
    meant = {"least": 1}
    name = forms.CharField(
        label="组名", max_length=200, help_text="例如“场所使用证明（任选一种）”。"
    )
    least = forms.IntegerField(label="至少几样", min_value=1, max_value=50)
    most = forms.IntegerField(label="至多几样", required=False, min_value=1, max_value=50)

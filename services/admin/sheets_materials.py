"""The sheets of what is handed in: a material, and a group of which some are enough."""

from django import forms
from typing_extensions import override

from services.admin.controls import LimitField, Picked, PickedSeveral
from services.admin.entry_form import NamedForm
from services.admin.sheets_form import HOLDERS
from services.codes import SourceChannel

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
    "register": ("data_verified", *_FILES),
}
CHANNELS = (("", "（没有说明）"), *((one.value, one.label) for one in SourceChannel))


class MaterialForm(NamedForm):
    """A material and how it is had without paper."""

    groups = (
        ("材料", "", ("name", "mode", "core", "group", "basis", "help", "id")),
        ("什么时候要", "没有条件的总要。", ("when", "required", "required_when")),
        (
            "免提交的依据",
            "关联证照的选证照类型；由表单生成、数据核验、告知承诺的选对应的表单项。",
            ("certificate", "holder", "paths", "register"),
        ),
        ("上传与容缺", "上传文件、容缺后补的才填。", ("accept", "most_files", "later")),
        (
            "指南里的说明",
            "申请人在指南和填表页上看到的要求。",
            (
                *("role", "source_channel", "issuer", "originals", "copies", "paper"),
                *("standard", "blank_form", "sample"),
            ),
        ),
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
    register = Picked(
        label="能核验的登记库",
        required=False,
        help_text="核验得到的，不再要求上传，除非另有任选的一种。",
    )
    role = forms.CharField(
        label="谁的材料",
        required=False,
        max_length=20,
        help_text="同一种材料要两个人的才填，例如“逝者”“继承人”。",
    )
    source_channel = forms.ChoiceField(label="来源渠道", choices=CHANNELS, required=False)
    issuer = forms.CharField(label="出具单位", required=False, max_length=200)
    originals = forms.IntegerField(label="原件份数", required=False, min_value=0, max_value=99)
    copies = forms.IntegerField(label="复印件份数", required=False, min_value=0, max_value=99)
    paper = forms.CharField(label="纸张规格", required=False, max_length=40)
    standard = forms.CharField(
        label="受理标准", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    blank_form = forms.CharField(
        label="空白表",
        required=False,
        max_length=300,
        help_text="文件名，或者以 https:// 开头的网址。",
    )
    sample = forms.CharField(
        label="示例样表",
        required=False,
        max_length=300,
        help_text="文件名，或者以 https:// 开头的网址。",
    )

    @override
    def prepare(self) -> None:
        pickers = self.pickers
        groups = [("", "（不属于任何组）"), *pickers.named("material_groups")]
        self.offer("group", groups)
        certificates = [("", "（不用证照）"), *pickers.certificates]
        self.offer("certificate", certificates)
        self.offer("paths", pickers.paths)
        self.offer("register", [("", "（没有）"), *pickers.registers])
        self.refresh_on("mode")
        self.only_for(USED_BY, self.chosen("mode"))
        self.condition("when", "只在什么情况下列出", "不列出的材料既不显示，也不要求。")
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

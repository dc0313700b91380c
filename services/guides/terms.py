"""Which official code each word of a guide stands for; a word that is not here is told, never guessed (pure)."""

# GB/T 39046 A.1
ITEM_TYPES = {
    "行政许可": "01",
    "行政处罚": "02",
    "行政强制": "03",
    "行政征收": "04",
    "行政给付": "05",
    "行政检查": "06",
    "行政确认": "07",
    "行政奖励": "08",
    "行政裁决": "09",
    "其他行政权力": "10",
    "其他权力": "10",
    "其他类别": "10",
    "公共服务": "20",
}
AUDIENCES = {
    "个人": "person",
    "自然人": "person",
    "公民": "person",
    "个体工商户": "enterprise",
    "法人": "enterprise",
    "企业": "enterprise",
    "企业法人": "enterprise",
    "企业/经营主体": "enterprise",
    "事业法人": "enterprise",
    "社会组织法人": "enterprise",
    "非法人组织": "enterprise",
    "非法人企业": "enterprise",
    "行政机关": "enterprise",
    "其他组织": "enterprise",
}
YES = {"是": True, "有": True, "1": True, "1.0": True, "true": True, "True": True, "Y": True}
NO = {
    "否": False,
    "无": False,
    "0": False,
    "0.0": False,
    "false": False,
    "False": False,
    "N": False,
}
FLAGS = YES | NO
NECESSITY = {
    "必要": "required",
    "1": "required",
    "非必要": "optional",
    "2": "optional",
    "容缺后补": "later",
    "3": "later",
}
CHANNELS = {
    "申请人自备": "10",
    "10": "10",
    "政府部门核发": "20",
    "20": "20",
    "其他": "99",
    "99": "99",
    "中介机构出具": "30",
    "30": "30",
}
FORMS = ("原件", "复印件", "原件和复印件", "原件或复印件")
MEDIA = ("纸质", "电子", "纸质和电子", "纸质或电子")
FREE = {"无": "", "": "", "电子证照代替": "cert_linked", "数据共享": "data_verified"}
# How a bundle's material is had without handing it in (免提交).
MODES = {"1": "form_generated", "2": "cert_linked", "3": "data_verified", "4": ""}
WAYS = {
    "窗口办理": "1",
    "网上办理": "2",
    "移动端办理": "3",
    "快递申请": "4",
    "自助办理": "9",
    "其他": "9",
}
# Official codes of forms of handling (办理形式) and of exercise levels (行使层级).
LEVELS = {
    "国家": "1",
    "省": "2",
    "市": "3",
    "县": "4",
    "镇": "5",
    "乡": "5",
    "乡镇": "5",
    "街道": "5",
    "村": "6",
    "社区": "6",
}
DEPTHS = {"一级标准": "1", "二级标准": "2", "三级标准": "3", "四级标准": "4"}
SCOPES = ("全国", "跨省", "全省", "跨市", "全市", "跨县", "全县", "不可通办")
COMMIT_WAYS = ("网上提交", "网上现场都可提交", "现场提交")
KINDS_OF_MATERIAL = ("申请表", "证照", "证明材料", "其他", "表单", "文书")

# Keys that the platform has and no element of ours takes: kept word for word, not told as unknown.
_KEPT = (
    "IS_MINUS UNIFY_ID UNIFY_NAME applicantDuty applicantPower attachInfo attachType cljm cllx clxs "
    "bllctsm blxs bszt commitWay dbsxccs dbsxcyyhhj dndtzdz extend gqbjlx gqblsx gqpdcs gqsbcl hjsgq "
    "hjsxz intermediarylist isIntermediary isLogistics isProveCommitment isonline jdtsdz jgsdsm jsms "
    "lbjgId materialApproveType materialId minExplain mtjfssm orderNum resultSampleName sfczlct sfjxtz "
    "sfxtmb sfykb sfyslb sfzdtybj sfzdysl sfztxsbl standardMaterialsSource sxlx tgfs type unifyId "
    "audienceBasis xsblqd xxbldsm xxcktzdz xzbjlx xzblsx xzpdcs xzsbcl yddtzdz yjsSsqdbm ywzjfw zcblqd "
    "zcblqdWbdz zt zxdz zzzdtzdz"
)
KEPT_KEYS = frozenset(_KEPT.split())

# Words of departments: the function that our departments are found by.
DEPARTMENTS = (
    ("市场监督", "market_regulation"),
    ("市场监管", "market_regulation"),
    ("市监", "market_regulation"),
    ("工商", "market_regulation"),
    ("药品监督", "drug_administration"),
    ("消防", "fire"),
    ("应急", "emergency_management"),
    ("城市管理", "urban_management"),
    ("城管", "urban_management"),
    ("生态环境", "ecology"),
    ("环境保护", "ecology"),
    ("公安", "public_security"),
    ("自然资源", "natural_resources"),
    ("国土", "natural_resources"),
    ("规划部门", "natural_resources"),
    ("卫生健康", "health"),
    ("卫健", "health"),
    ("民政", "civil_affairs"),
    ("交通运输", "transport"),
    ("交通", "transport"),
    ("医疗保障", "medical_insurance"),
    ("医保", "medical_insurance"),
    ("人力资源", "human_resources"),
    ("人社", "human_resources"),
    ("住房城乡", "housing"),
    ("住房和城乡", "housing"),
    ("住建", "housing"),
    ("教育", "education"),
    ("司法", "justice"),
    ("税务", "taxation"),
    ("数据", "government_data"),
)


def department_of(*texts: str) -> str:
    """The function of the first text that names one department only, or empty."""
    for text in texts:
        found = {function for word, function in DEPARTMENTS if word in text}
        if len(found) == 1:
            return found.pop()
    return ""

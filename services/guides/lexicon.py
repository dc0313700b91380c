"""The words by which anomalies are recognised and foreign terms mapped: data, no rule (pure)."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# --- what says nothing -------------------------------------------------------------------------
NOTHING = frozenset(
    {
        "",
        "无",
        "/",
        "-",
        "--",
        "—",
        "暂无",
        "暂无。",
        "无。",
        "没有",
        "null",
        "NULL",
        "None",
        "undefined",
    }
    | {"其他", "空", "未填写", "不详", "NaN", "nan"}
)
NOTHING_BEGINS = ("暂无", "暂不", "详见", "见流程", "见办理")
# A basis names an act or a number when one of these stands in it.
BASIS_PATTERN = (
    r"《|〔|[\[【（]\d{4}[\]】）]|第[一二三四五六七八九十百零\d]+[条章]|\d号|条例|办法|规程|细则"
    r"|(?<![合非无依])法(?:$|[》、，。；第等及])"
)
# Reasons that say that nobody need come.
NO_VISIT = (
    "无需到现场",
    "无须到现场",
    "不需要到现场",
    "不用到现场",
    "全程网办",
    "可全程网办",
    "零跑动",
)

# --- time ---------------------------------------------------------------------------------------
WORKING = ("工作日",)
CALENDAR = ("自然日", "日历日")
SPECIAL_WORDS = (
    "特别程序",
    "特殊程序",
    "现场核查",
    "现场勘查",
    "现场勘验",
    "现场踏勘",
    "专家评审",
    "听证",
)
LAW_SETS_NONE = ("未规定", "没有规定", "无法定", "无规定")

# --- alternatives, conditions, several documents ------------------------------------------------
ANY_OF = ("之一", "任选", "任意一", "任一", "三选一", "二选一", "其中一种", "其中一项")
CONDITION_PATTERNS = (
    r"依法(?:必须|应当|需要)[^，。；]{0,12}(?:提交|提供)",
    r"(?:的|时)[，,]?(?:还|同时)*(?:须|需|需要|应当|应)?(?:同时)?(?:提交|提供)",
    r"(?:货车|车辆|企业|人员|项目)[^，。；]{0,4}(?:须|需|应)(?:当|要)?(?:提交|提供)",
    r"可以?不(?:用|再)?提供|无需提供|无须提供|不需要提供",
    r"仅(?:限|从事)|如不能|需要[）)]|委托他人|(?:进口|专用)[^，。；]{0,8}提供",
)
# How the name of a document ends; what comes before may be anything.
DOCUMENT_ENDS = _words(
    "证 证书 证明 证件 执照 书 表 单 报告 材料 资料 图 清单 批复 批文 公告 "
    "意见 说明 承诺 护照 合同 协议 发票 凭证 照片 文件 函 簿"
)
SPLITS = r"[、；;，,]|以及|及其|及|和|与|包括|或者|或"

# --- materials ----------------------------------------------------------------------------------
APPLICANT = ("自备", "自行", "个人提供", "本人提供", "申请人提供", "由申请人")
ISSUED = ("核发", "颁发", "发放", "签发", "出具")
AUTHORITY = ("部门", "机关", "公安", "派出所", "政府", "局", "委员会", "登记证", "执照", "厅")
PAPER_KNOWN = ("A3", "A4", "A5", "B5", "16K", "8K")
PAPER_WORDS = ("寸", "像素", "毫米", "厘米", "打印")
CERTIFICATE_PREFIX = (
    "中华人民共和国",
    "湖南省",
    "《",
    "》",
    "（",
    "）",
    "复印件",
    "原件",
    "申请人",
    "本人",
)
CODE_BROKEN = ("NaN", "undefined", "null", "None", "[object")
# Words by which a standard certificate becomes a certificate type of ours.
CERTIFICATES = {
    "居民身份证": "RESIDENT_ID_CARD",
    "居民户口簿": "HOUSEHOLD_REGISTER",
    "营业执照": "BUSINESS_LICENCE",
    "结婚证": "MARRIAGE_CERTIFICATE",
    "机动车驾驶证": "DRIVING_LICENCE",
    "机动车行驶证": "VEHICLE_LICENCE",
    "从业人员从业资格证": "DRIVER_QUALIFICATION",
    "不动产权证书": "REAL_ESTATE_CERTIFICATE",
    "建设用地规划许可证": "LAND_PLANNING_PERMIT",
    "建设工程规划许可证": "WORKS_PLANNING_PERMIT",
    "出生医学证明": "BIRTH_MEDICAL_CERTIFICATE",
    "食品经营许可证": "FOOD_BUSINESS_LICENCE",
    "道路运输经营许可证": "ROAD_FREIGHT_LICENCE",
    "居住证": "RESIDENCE_PERMIT",
}

# --- money, files, texts ------------------------------------------------------------------------
THIRD_PARTY = ("邮政", "快递", "邮寄", "速递", "物流", "EMS")
FEE_KINDS = ("收费", "调节价", "政府定价", "免费")
MISPRINTS = {
    "设各": "设备",
    "帐户": "账户",
    "登陆": "登录",
    "暴光": "曝光",
    "予以以": "予以",
    "的的": "的",
}
SUCCESS_ONLY = ("审核通过", "通过", "办结", "已办结", "成功", "系统提示")
REFUSALS = ("不予", "不同意", "不批准", "不准予", "驳回", "不合格")
# Pairs that cannot both be meant: one stands in the name, the other in what is said of it.
OPPOSITES = (
    ("货运", "客运"),
    ("设立", "注销"),
    ("机动车", "船舶"),
    ("个人", "单位"),
    ("境内", "境外"),
)
# What a text is about; a material of one topic should not be explained by another.
TOPICS = {
    "fire": ("消防", "灭火", "疏散"),
    "food": ("食品", "餐饮"),
    "drug": ("药品", "医疗器械"),
    "vehicle": ("机动车", "车辆", "驾驶"),
    "insurance": ("社会保险", "医疗保险", "养老保险", "失业保险"),
    "estate": ("不动产", "房屋", "土地"),
    "environment": ("环境影响", "污染"),
}
# Words that half of all items share: they show no kinship between two texts.
GENERIC = _words(
    "许可 审批 证核发 许可证 资格证 办理 申请 申领 新办 证明 证书 材料 管理 流程 "
    "流程图 规定 办法 中华 华人 人民 民共 共和 和国 国务 务院 政府 行政 部门 "
    "机关 全文 通知 关于 主席 席令 一件 件事 事项 服务 业务 年版 通用"
)
# Capitals of provinces and municipalities: a question that names another one is another city's.
CITIES = _words(
    "北京 天津 上海 重庆 石家庄 太原 呼和浩特 沈阳 长春 哈尔滨 南京 杭州 合肥 "
    "福州 南昌 济南 郑州 武汉 长沙 广州 南宁 海口 成都 贵阳 昆明 拉萨 西安 兰州 "
    "西宁 银川 乌鲁木齐"
)

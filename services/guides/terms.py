"""Which function each word of a department means, yes and no, and the keys that are only kept (pure).

What the national code tables say stands in services/code_maps.py.
"""

YES = {"是": True, "有": True, "1": True, "true": True, "True": True, "Y": True}
NO = {"否": False, "无": False, "0": False, "false": False, "False": False, "N": False}
FLAGS = YES | NO

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

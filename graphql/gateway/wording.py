"""What people read for each refusal: one sentence a code that says what is wrong and what to do.

The Chinese text is the source; `locale/en` has the English one. `CODE.reason` is the wording of a code with that
`reason`. A code of any room without a line here fails the tests.
"""

from django.utils.translation import gettext_lazy as _

DOOR = {
    "AD_HOC_NOT_ALLOWED": _("这里只接受已登记的查询文档，请改用文档的名称或摘要"),
    "BAD_ENCODING": _("请求体必须是不带标记的 UTF-8 文本"),
    "BAD_JSON": _("请求体不是合格的 JSON，请检查括号、重复的键和数字"),
    "BAD_REQUEST": _("请求不合要求，请对照接口说明检查"),
    "BAD_REQUEST.document": _("请在 document 中给出一个文档的名称或摘要"),
    "BAD_REQUEST.empty": _("请求体为空，请发送 JSON 对象"),
    "BAD_REQUEST.keys": _("请求体中有不认识的键，只接受 document、query、variables、operationName"),
    "BAD_REQUEST.object": _("请求体必须是一个 JSON 对象"),
    "BAD_REQUEST.operation": _("operationName 与文档中的操作不符"),
    "BAD_REQUEST.url": _("请求的参数只能放在请求体中，不能放在网址里"),
    "BAD_VARIABLES": _("变量“{field}”缺少、多余或类型不对，请按文档的定义填写"),
    "BATCH_NOT_ALLOWED": _("一次请求只能执行一个文档"),
    "COST_EXCEEDED": _("查询取得的数据太多，请减少字段或每页的条数（上限 {most}）"),
    "CURSOR_INVALID": _("翻页标记无效或属于另一个查询，请从第一页重新开始"),
    "INTERNAL": _("系统出了点问题，请稍后再试；如需帮助，请提供请求编号"),
    "INTROSPECTION_DISABLED": _("不提供结构查询，请使用公布的 schema.graphql"),
    "LINK_EXPIRED": _("下载链接已失效，请返回页面重新打开"),
    "METHOD_NOT_ALLOWED": _("只接受 {allowed} 请求"),
    "PAGE_SIZE_INVALID": _("每页条数应在 1 到 {most} 之间"),
    "PERSISTED_QUERY_NOT_FOUND": _("没有这个查询文档，请更新客户端"),
    "QUERY_INVALID": _("查询不合法（第 {line} 行第 {column} 列）{detail}"),
    "QUERY_TOO_DEEP": _("查询嵌套太深（上限 {most} 层）"),
    "QUERY_TOO_LARGE": _("查询太长（上限 {most}）"),
    "RATE_LIMITED": _("请求太频繁，请稍后再试"),
    "REQUEST_TOO_LARGE": _("请求体太大（上限 {most} KB）"),
    "SERVICE_UNAVAILABLE": _("服务暂时不可用，请稍后再试"),
    "TOO_MANY_ALIASES": _("查询中的别名太多（上限 {most} 个）"),
    "TOO_MANY_DIRECTIVES": _("查询中的指令太多（上限 {most} 个）"),
    "TOO_MANY_FIELDS": _("查询中的字段太多（上限 {most} 个）"),
    "TOO_MANY_FRAGMENTS": _("查询中的片段太多（上限 {most} 个）"),
    "TOO_MANY_OPERATIONS": _("一次请求只能执行一个操作，修改只能一项"),
    "UNKNOWN_FIELD": _("没有“{field}”这一项，请按表单填写"),
    "UNSUPPORTED_MEDIA_TYPE": _("请求体的类型必须是 {allowed}"),
}

PEOPLE = {
    "ACCOUNT_LOCKED": _("多次输入有误，账号已暂时锁定，请稍后再试"),
    "BUSY": _("有人正在处理同一事项，请稍后再试"),
    "ENTITY_NOT_ACTIVE": _("该企业已注销或被吊销，不能办理"),
    "FORBIDDEN": _("您没有办理此项操作的权限"),
    "IDEMPOTENCY_CONFLICT": _("同一个幂等键已用于另一个请求，请换一个新的键"),
    "IDEMPOTENCY_KEY_INVALID": _("幂等键应为 8 到 80 个字母、数字或连字符"),
    "IDEMPOTENCY_KEY_REQUIRED": _("请提供幂等键，以便重复提交时不会办理两次"),
    "IDENTITY_MISMATCH": _("身份信息核对不一致，请检查后重新填写"),
    "ID_NUMBER_OUTDATED": _("15 位身份证号码已停用，请填写 18 位号码"),
    "INVALID_CHARACTERS": _("“{field}”中有不能使用的字符，请删除后重新填写"),
    "INVALID_CREDIT_CODE": _("统一社会信用代码不正确，请对照营业执照核对"),
    "INVALID_CREDIT_CODE.characters": _("统一社会信用代码中有不使用的字符，请对照营业执照核对"),
    "INVALID_CREDIT_CODE.check": _("统一社会信用代码的校验码不正确，请对照营业执照核对"),
    "INVALID_CREDIT_CODE.length": _("统一社会信用代码应为 18 位，请对照营业执照核对"),
    "INVALID_ID_NUMBER": _("身份证号码不正确，请核对"),
    "INVALID_NAME": _("姓名中有不能使用的字符，请核对"),
    "INVALID_PHONE": _("电话号码不正确，可以填写：{accepted}"),
    "MANDATE_INVALID": _("授权委托已过期、被撤销或不含本事项，请先办理授权"),
    "NOT_AUTHORIZED_AGENT": _("您不是该企业的法定代表人，也没有有效的授权委托"),
    "NOT_FOUND": _("没有找到，或者您无权查看"),
    "NO_COMPETENT_DEPARTMENT": _("所选地点没有主管部门受理本事项，请检查行政区划"),
    "SESSION_EXPIRED": _("登录已失效，请重新登录"),
    "SIGN_IN_FAILED": _("登录名或密码不正确"),
    "TOO_LONG": _("“{field}”太长（上限 {most} 个字）"),
    "UNAUTHENTICATED": _("请先登录"),
}

SERVICES = {
    "APPLICANT_TYPE_MISMATCH": _("本事项的办理对象与您当前的身份不符，请切换身份后办理"),
    "DEFINITION_INVALID": _("事项定义有误：{place}"),
    "INVALID_CHOICE": _("“{field}”的选择无效，可选：{allowed}"),
    "INVALID_DATE": _("“{field}”不是有效的日期，请按 2026-01-31 的格式填写"),
    "INVALID_FORMAT": _("“{field}”的格式不正确，请按说明填写"),
    "INVALID_NUMBER": _("“{field}”不是有效的数字，请只填阿拉伯数字"),
    "INVALID_RANGE": _("“{field}”的起止不合理，请核对"),
    "INVALID_TYPE": _("“{field}”的类型不正确，请按说明填写"),
    "ITEM_NOT_AVAILABLE": _("本事项目前不能办理"),
    "ITEM_VERSION_OUTDATED": _("本事项的表单已更新，请重新开始办理"),
    "MATERIAL_MISSING": _("缺少材料“{name}”，请补齐"),
    "OUT_OF_RANGE": _("“{field}”超出了允许的范围"),
    "READ_ONLY_FIELD": _("“{field}”取自电子证照，不能改动；如有错误，请联系发证部门更正"),
    "REQUIRED": _("请填写“{field}”"),
    "ROUTE_TOO_COMPLEX": _("办理流程的分支太多，不能逐一验证"),
}

CERTIFICATES = {
    "ALREADY_ISSUED": _("该证照已经发放，不能重复发放"),
    "CONSENT_INVALID": _("用证授权已失效或用途不符，请重新授权"),
    "CONSENT_REQUIRED": _("使用电子证照前需要持证主体授权"),
    "NOTHING_TO_GRANT": _("没有可供授权使用的有效电子证照"),
    "SOURCE_NO_LONGER_VALID": _("“{field}”所依据的电子证照已失效，请重新取用"),
}

CASES = {
    "ALREADY_CLAIMED": _("这件审批已由同事领办"),
    "ALREADY_DECIDED": _("这件审批已由 {officer} 于 {at} 作出决定"),
    "CALENDAR_NOT_PUBLISHED": _("{year} 年的工作日安排尚未公布，暂时不能计算期限"),
    "CONFLICT_OF_INTEREST": _("您与本件有利害关系，应当回避"),
    "DEADLINE_PASSED": _("补正期限已过（{due}），请重新申请"),
    "FIELD_ALREADY_DECIDED": _("“{field}”已经作出决定，不能再要求补正"),
    "FIELD_NOT_IN_NOTICE": _("“{field}”不在补正通知之内，不能改动"),
    "FOUR_EYES": _("审核与批准不能由同一人办理"),
    "ILLEGAL_TRANSITION": _("当前状态为“{state}”，不能{act}"),
    "NOT_CHANGED": _("补正的内容与原来相同，请修改后再提交"),
    "REASON_REQUIRED": _("请写明理由"),
    "SECOND_NOTICE_NEEDS_SUPERVISOR": _("补正应当一次性告知，再次告知须由负责人办理"),
    "STALE_VERSION": _("内容已经变化，请重新打开后再办理"),
}

WORDING = DOOR | PEOPLE | SERVICES | CERTIFICATES | CASES

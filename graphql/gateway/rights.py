"""The table of field rights: for each type, who stands how to it, and what each may read of every field.

`yes` shows the value, `no` refuses it, `masked` shows only its first character. A relation that a row does not name
gets nothing; a field of the schema without a row fails the tests and the start.
"""

from gateway.guide_rights import GUIDE
from gateway.right import Rights, reached

# --- the door itself: kinds of viewer ---------------------------------------------------------
KINDS = ("anonymous", "person", "enterprise", "officer", "system")
DOOR = {
    "Query": Rights(
        KINDS,
        {
            "catalogue serviceItem preparation verifyCertificate progress": "yes yes yes yes yes",
            "me": "no yes yes yes no",
            "myCases myCertificates certificate certificateUses messages mandates": "no yes yes no no",
            "unreadMessages openCases emailAddress": "no yes yes no no",
            "case": "no yes yes yes yes",
            "worklist intake ledCases approval handledApprovals previews preview": "no no no yes no",
            "counterSittings filedCases handouts": "no no no yes no",
        },
    ),
    "Mutation": Rights(
        KINDS,
        {
            "signIn refreshSession": "yes yes yes yes no",
            "signOut": "no yes yes yes no",
            "requestUpload attachFile detachFile promiseMaterial": "no yes yes no no",
            "startCase renewDraft grantUse saveAnswers submitCase answerCorrections withdrawCase readMessage": (
                "no yes yes no no"
            ),
            "setEmail confirmEmail": "no yes yes no no",
            "grantMandate revokeMandate": "no no yes no no",
            "objectToMismatch": "no yes yes no no",
            "acceptCase declineCase requestCorrections recordDelivery": "no no no yes no",
            "claimApproval releaseClaim decideApproval proposeCorrections": "no no no yes no",
            "beginSitting witnessSitting confirmSitting": "no no no yes no",
            "endSitting": "no yes yes yes no",
            "extendCase stopClock resumeClock voidDocument": "no no no yes no",
        },
    ),
}
# What is open in a counter sitting (窗口代办): the person's case of the moment, and nothing else of theirs.
AT_THE_COUNTER = (
    "catalogue serviceItem preparation verifyCertificate progress me myCases case startCase grantUse saveAnswers "
    "renewDraft "
    "submitCase answerCorrections withdrawCase endSitting refreshSession requestUpload attachFile detachFile "
    "promiseMaterial objectToMismatch"
)
ASSISTED = frozenset(AT_THE_COUNTER.split())

# --- what everybody may know ------------------------------------------------------------------
PUBLIC = {
    "PageInfo": reached("hasNextPage endCursor"),
    "Wrong": reached("code field message requestId"),
    "ItemSummary": reached("code name itemType itemTypeName isBundle summary audience leadName"),
    "ServiceItem": reached(
        "code name version itemType itemTypeName isBundle audience leadName acceptance summary "
        "conditions basis limits form formSchema materials materialGroups steps join onApplication guide "
        "parts eligibility region regions"
    ),
    "Region": reached("code name"),
    "Limit": reached("days kind basis"),
    "Limits": reached("notice correction promised statutory extension delivery"),
    "ItemMaterial": reached(
        "id name mode modeName certificateName required conditional help group accept mostFiles later role "
        "originals copies paper sourceChannelName issuer standard blankForm sample"
    ),
    "MaterialGroup": reached("id name least most"),
    "RouteStep": reached("id name kind kindName departments conditional before within resultName"),
    "Form": reached("sections"),
    "FormSection": reached("id label help askedFirst fields"),
    "FormField": reached(
        "path label type required conditional dependsOn options maxLength pattern patternHelp minimum maximum "
        "earliest latest unit help prefillable sources filledBy columns leastRows mostRows"
    ),
    "FormOption": reached("code label"),
    "ItemPart": reached("id itemCode name choose onDemand"),
    "ItemEligibility": reached("id reason basis field"),
    "Preparation": reached(
        "eligible reasons questions sections materials steps parts days most promised published statutory "
        "isPromiseShort visits visitReasons departments registers fees knowsLibrary"
    ),
    "PreparedDays": reached("working calendar shown"),
    "PreparedReason": reached("id field reason basis"),
    "PreparedQuestion": reached("field isFirst isNeeded isRelevant value"),
    "PreparedSection": reached("label asked maybe filled"),
    "PreparedMaterial": reached("id name help certificateName isCertain had hadName groupName"),
    "PreparedStep": reached("id name kindName departments isCertain ends resultName"),
    "PreparedPart": reached("id itemCode name isChosen choose onDemand days after"),
    "FormSource": reached("kind type typeName field holder holderName authoritative"),
}

# --- about oneself ----------------------------------------------------------------------------
OWN = {
    "Me": reached(
        "kind name idNumberMask phoneMask enterprise department roles roleNames capacities"
    ),
    "CounterSitting": reached(
        "id itemCode purpose consent consentName paperNumber begunAt expiresAt closesAt state stateName personName "
        "idNumberMask enterpriseName clerkName witnessName isMine"
    ),
    "Handout": reached(
        "id name certificateId documentId readyAt caseId caseNumber itemName applicantName"
    ),
    "Progress": reached(
        "itemName state stateName appliedAt acceptedAt promisedOn concludedAt clock parts stops collectAt"
    ),
    "ProgressPart": reached("departmentName state stateName dueOn"),
    "ProgressStop": reached("reason startedOn expectedUntil"),
    "Capacity": reached("actingFor name"),
    "Enterprise": reached("id creditCode name address"),
    "Department": reached("id code name function functionName divisionName"),
    "SignedIn": reached("accessToken expiresIn refreshToken"),
}

# --- a case: the applicant, the lead department, another department that works on it ------------
TO_CASE = ("applicant", "lead", "department", "system")
LISTED = "id number itemCode itemName state stateName applicantName appliedAt acceptedAt "
LISTED += "promisedOn concludedAt outcome outcomeName startedAt clock"
HANDING_OUT = "applyType lead collectAt counterName consentTold documents certificates deliveries allowedActions"
CASES = {
    "OpenCase": Rights(TO_CASE, {f"{LISTED} approvals": "yes no no yes"}),
    "CaseSummary": Rights(TO_CASE, {LISTED: "yes yes yes yes"}, {"counter": LISTED}),
    "Case": Rights(
        TO_CASE,
        {
            LISTED: "yes yes yes yes",
            "applyType noticeDueOn statutoryOn decidedAt lead": "yes yes yes yes",
            "revision form": "yes yes no yes",
            # another department reads a case only through the reading of its own approval
            "answers prefilledCount fieldCount materials requiredPaths uncalledPaths": "yes yes no yes",
            "corrections correctionDueOn correctionRounds reason": "yes yes no yes",
            "wantedCertificates consent preparation": "yes no no no",
            "proposals mergedProposals": "no yes no yes",
            "extendedAt stops waitingFor": "yes yes yes yes",
            "stopChoices": "no yes no yes",
            "queryCode checkCode missing": "yes no no no",
            "collectAt counterName consentTold": "yes yes yes yes",
            "approvals parts documents certificates deliveries timeline": "yes yes no yes",
            "allowedActions": "yes yes yes yes",
        },
        # the hall that filed it or hands its results out
        {"counter": f"{LISTED} {HANDING_OUT}"},
    ),
    "CasePart": reached(
        "id itemCode name state stateName outcome outcomeName reason steps onDemand"
    ),
    "Clock": reached("running runningName dueOn kind daysLeft isOverdue light lightName"),
    "ClockStop": reached("id reason basis startedOn expectedUntil endedOn stepName"),
    "StopChoice": reached("code name basis days kind"),
    "Answer": reached("path section label value shown isReadOnly source"),
    "AnswerSource": reached(
        "kind words type typeName identifier version issuer field caseNumber grade authoritative readAt isResult"
    ),
    "Correction": reached("field label message departments"),
    "Proposal": reached("id at departmentName items"),
    "ProposedItem": reached("field label message"),
    "MergedItem": reached("field label message departmentNames"),
    "Preview": reached(
        "caseId number itemName applicantName leadName appliedAt clock stepNames items proposal"
    ),
    "PreviewItem": reached("path section label shown fromCertificate canBeAsked"),
    "Consent": reached("purpose until"),
    "CaseMaterial": reached(
        "id name mode modeName certificateName help group groupName conditional required isCalled isMissing "
        "isFiled isOpen accept mostFiles files later isPromised owedUntil blankForm sample"
    ),
    "MaterialFile": reached("id name addedAt size mediaType state stateName downloadUrl"),
    "Upload": reached("id name state stateName expiresAt url"),
    "WantedCertificate": reached(
        "certificateId identifier type typeName holder holderName issuer validUntil fieldLabels "
        "isGranted"
    ),
    "Event": reached("at kind who sentence state stateName stepName departmentName fieldLabels"),
    "Document": reached(
        "id kind kindName title number issuedAt departmentName remedies isReady downloadUrl "
        "state stateName voidedAt voidReason replacedBy canBeVoided"
    ),
    "Delivery": reached("id certificateId documentId method methodName receiver proof deliveredAt"),
}

# --- an approval: its department, and those who follow the case --------------------------------
TO_APPROVAL = ("department", "colleague", "applicant", "system")
TASK = "id kind kindName round state stateName openedAt dueOn decidedAt stepName daysLeft "
TASK += "light lightName standing daysKind check"
DESK = "caseNumber itemName applicantName claimedByName isMine"
APPROVALS = {
    "CaseApproval": Rights(
        TO_APPROVAL,
        {
            TASK: "yes yes yes yes",
            "step itemCode department resultName decision": "yes yes yes yes",
        },
    ),
    "ApprovalSummary": Rights(
        TO_APPROVAL, {TASK: "yes no no yes", DESK: "yes no no yes", "outcomeName": "yes no no yes"}
    ),
    "Approval": Rights(
        TO_APPROVAL,
        {
            TASK: "yes no no yes",
            DESK: "yes no no yes",
            "step itemCode opinionsNeeded receivedAt claimedAt department caseState caseStateName "
            "resultName basis outcomes stopChoices documents together reading opinions decisions "
            "allowedActions": "yes no no yes",
            "informedBy": "yes no no yes",
        },
    ),
    "Decision": Rights(
        ("officer", "applicant", "system"),
        {
            "round outcome outcomeName reason basis at source findings": "yes yes yes",
            "officerName": "yes masked yes",
        },
    ),
    "DataCheck": reached(
        "registerName tries checkedAt isByHand differingLabels objections mayObject"
    ),
    "Objection": reached("round reason at"),
    "Information": reached("stepName departmentName outcome outcomeName reason source at"),
    "Opinion": reached("round outcome outcomeName reason at officerName"),
    "OutcomeChoice": reached("code name"),
    "Reading": reached("digest values materials certificates"),
    "ReadingMaterial": reached("id name mode modeName certificateName files"),
    "ReadingFile": reached("id name mediaType size downloadUrl"),
    "ReadingCertificate": reached("identifier type typeName version status statusName validUntil"),
}

# --- certificates: rows come from visible_certificates or from a visible case -------------------
SHOWN = "id identifier number version type typeName holderName issuerName status statusName "
SHOWN += "issuedOn validFrom validUntil sourceStep isReady downloadUrl hasPage"
CERTIFICATES = {
    "CertificateSummary": reached(SHOWN),
    "Certificate": reached(f"{SHOWN} sourceNumber face"),
    "FaceValue": reached("name label value"),
    "CertificateUse": reached("id at purpose caseId userName fieldNames"),
    "Verification": reached(
        "status statusName isValid identifier typeName number version holder issuer issuedOn "
        "validFrom validUntil checkedAt"
    ),
    "Mandate": reached(
        "id enterprise agentName agentIdNumberMask items validFrom validUntil revokedAt status statusName"
    ),
    "MandateItem": reached("code name"),
    "EmailAddress": reached("isOffered mask pendingMask verifiedAt"),
    "Message": reached("id topic title body caseNumber caseId createdAt readAt"),
}

TABLE = DOOR | PUBLIC | GUIDE | OWN | CASES | APPROVALS | CERTIFICATES

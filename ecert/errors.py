"""The codes by which the certificate library refuses; a code in use never changes (pure)."""

FACE_INVALID = "FACE_INVALID"  # the face (照面) does not fit its type, or names another holder
ALREADY_ISSUED = "ALREADY_ISSUED"  # this step of this case has issued its certificate already
ISSUER_NOT_COMPETENT = "ISSUER_NOT_COMPETENT"  # the type is issued by another function
HOLDER_MISMATCH = "HOLDER_MISMATCH"  # the type is for persons only, or for enterprises only
CERTIFICATE_TYPE_UNKNOWN = "CERTIFICATE_TYPE_UNKNOWN"
CERTIFICATE_TYPE_INVALID = "CERTIFICATE_TYPE_INVALID"
CERTIFICATE_TYPE_EXISTS = "CERTIFICATE_TYPE_EXISTS"
CERTIFICATE_TYPE_IN_USE = "CERTIFICATE_TYPE_IN_USE"  # `reason`: what its certificates hold fast
CERTIFICATE_NOT_USABLE = "CERTIFICATE_NOT_USABLE"  # expired, revoked ...: `status` says which
CERTIFICATE_FIELD_UNKNOWN = "CERTIFICATE_FIELD_UNKNOWN"
CONSENT_REQUIRED = "CONSENT_REQUIRED"  # nobody has granted this use
CONSENT_INVALID = "CONSENT_INVALID"  # granted, but withdrawn, past its end or for another purpose
GRANT_EMPTY = "GRANT_EMPTY"
GRANT_PERIOD_INVALID = "GRANT_PERIOD_INVALID"
IDENTIFIER_INVALID = "IDENTIFIER_INVALID"
ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION"
REASON_REQUIRED = "REASON_REQUIRED"

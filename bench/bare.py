"""The peer of the paper: WeasyPrint and pyHanko as their manuals show them, in a process of their own.

`python -m bench.bare SEAL.pem` reads a page a line (JSON) and answers its times a line; Django and our
rooms are not loaded. FONTCONFIG_FILE decides which faces it finds.
"""

import json
import logging
import sys
import time
from io import BytesIO
from pathlib import Path

from asn1crypto import keys, x509
from cryptography import x509 as read_x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore
from weasyprint import HTML


def signer_of(path: Path) -> SimpleSigner:
    """pyHanko's own signer for a PEM file with key and certificate."""
    pem = path.read_bytes()
    key = load_pem_private_key(pem, password=None)
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    certificate = read_x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
    return SimpleSigner(
        signing_cert=x509.Certificate.load(certificate),
        signing_key=keys.PrivateKeyInfo.load(der),
        cert_registry=SimpleCertificateStore(),
    )


def main(seal: Path) -> None:
    """Prints and seals each page that comes, until the input ends."""
    signer = signer_of(seal)
    for line in sys.stdin:
        cpu, began = time.process_time(), time.perf_counter()
        pdf = HTML(string=json.loads(line)).write_pdf()
        rendered = time.perf_counter()
        metadata = PdfSignatureMetadata(field_name="Seal", md_algorithm="sha256")
        sealed = sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), metadata, signer=signer)
        ended = time.perf_counter()
        told = {
            "render": (rendered - began) * 1000,
            "seal": (ended - rendered) * 1000,
            "whole": (ended - began) * 1000,
            "cpu": (time.process_time() - cpu) * 1000,
            "bytes": len(sealed.getvalue()),
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    logging.disable()
    main(Path(sys.argv[1]))

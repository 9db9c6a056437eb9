"""People with certificates of a certification service of our own, and what they sign."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from io import BytesIO

from asn1crypto import crl, keys, ocsp, x509
from cryptography import x509 as certs
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509 import ocsp as answers
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, sign_pdf
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfTimeStamper, SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
LONG = timedelta(days=365)
LEADER, AGENCY = "Nguyễn Văn Đức", "Liên minh Hợp tác xã tỉnh Quảng Trị"


class Authority:
    """A root that issues certificates."""

    def __init__(self, name="Chứng thực thử nghiệm"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = _certificate(name, "", self.key, self.key, None, NOW - 10 * LONG, NOW + 10 * LONG)

    @property
    def root(self):
        return _asn1(self.certificate)

    @property
    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def signer(self, name=LEADER, organisation=AGENCY, since=NOW - LONG, until=NOW + LONG):
        return SimpleSigner(**self._issued(name, organisation, since, until))

    def stamper(self, moment):
        """A timestamp service whose clock stands."""
        issued = self._issued("Dịch vụ cấp dấu thời gian", "", NOW - 5 * LONG, NOW + 5 * LONG, stamps=True)
        certificate, key = issued["signing_cert"], issued["signing_key"]
        return DummyTimeStamper(certificate, key, certs_to_embed=issued["cert_registry"], fixed_dt=moment)

    def revocations(self, *signers, until=NOW + LONG):
        """The service's list of the certificates that are no longer good."""
        made = certs.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
        made = made.last_update(NOW - LONG / 12).next_update(until)
        for signer in signers:
            entry = certs.RevokedCertificateBuilder().serial_number(signer.signing_cert.serial_number)
            made = made.add_revoked_certificate(entry.revocation_date(NOW - LONG / 2).build())
        return crl.CertificateList.load(made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER))

    def answer(self, signer, *, is_revoked, until=NOW + LONG):
        """What the service answers (OCSP) about one certificate."""
        about = certs.load_der_x509_certificate(signer.signing_cert.dump())
        made = answers.OCSPResponseBuilder().add_response(
            about,
            self.certificate,
            hashes.SHA1(),
            answers.OCSPCertStatus.REVOKED if is_revoked else answers.OCSPCertStatus.GOOD,
            NOW - LONG / 12,
            until,
            NOW - LONG / 2 if is_revoked else None,
            None,
        )
        made = made.responder_id(answers.OCSPResponderEncoding.NAME, self.certificate)
        der = made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
        return ocsp.OCSPResponse.load(der)

    def _issued(self, name, organisation, since, until, stamps=False):
        # (pyHanko's stamper of tests knows RSA only.)
        key = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
        made = _certificate(name, organisation, key, self.key, self.certificate, since, until, stamps)
        registry = SimpleCertificateStore()
        registry.register(self.root)
        der = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return {
            "signing_cert": _asn1(made),
            "signing_key": keys.PrivateKeyInfo.load(der),
            "cert_registry": registry,
        }


def _certificate(name, organisation, key, signed_with, above, since, until, stamps=False):
    parts = [certs.NameAttribute(NameOID.COMMON_NAME, name)]
    if organisation:
        parts.append(certs.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    subject = certs.Name(parts)
    use = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    is_root = above is None
    built = (
        certs.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if is_root else above.subject)
        .public_key(key.public_key())
        .serial_number(certs.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(certs.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(
            certs.KeyUsage(
                digital_signature=not is_root,
                content_commitment=not is_root,
                key_cert_sign=is_root,
                crl_sign=is_root,
                **use,
            ),
            critical=True,
        )
    )
    if not is_root:  # as real ones do; nobody may ask there
        there = certs.DistributionPoint([certs.UniformResourceIdentifier("http://127.0.0.1:9/a.crl")], None, None, None)
        built = built.add_extension(certs.CRLDistributionPoints([there]), critical=False)
        asked = certs.UniformResourceIdentifier("http://127.0.0.1:9/ocsp")
        access = certs.AccessDescription(AuthorityInformationAccessOID.OCSP, asked)
        built = built.add_extension(certs.AuthorityInformationAccess([access]), critical=False)
    if stamps:
        built = built.add_extension(certs.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return built.sign(signed_with, hashes.SHA256())


def _asn1(certificate):
    return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


@cache
def authority():
    return Authority()


def sign(pdf, signer=None, field="NguoiKy", stamper=None):
    """The same paper with one signature more."""
    meta = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES)
    target, by = IncrementalPdfFileWriter(BytesIO(pdf)), {"signer": signer or authority().signer()}
    return apart(partial(sign_pdf, target, meta, timestamper=stamper, **by)).getvalue()


def stamped(pdf, stamper=None):
    """The same paper with a timestamp of the whole document, which nobody signed."""
    stamps = PdfTimeStamper(stamper or authority().stamper(NOW))
    return apart(stamps.timestamp_pdf, IncrementalPdfFileWriter(BytesIO(pdf)), "sha256").getvalue()


def apart(work, *arguments):
    """In a thread of its own: pyHanko wants a loop of its own, and that of a browser may run in the test's."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *arguments).result()


def with_revocations(paper, *lists, answers=()):
    """The signed paper with lists of revoked certificates, and answers about single ones, in its store."""
    out = BytesIO(paper)
    DocumentSecurityStore.add_dss(out, None, certs=[], crls=lists, ocsps=answers)
    return out.getvalue()

"""An S3-compatible server on loopback, over real HTTP: moto's, which checks signatures and what a key may do.

It can be stopped and started again with all it holds, or be slow, and its clock is the test's. One at a time in a
process.
"""

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import boto3
import httpx
from moto import settings as moto_settings
from moto.core import DEFAULT_ACCOUNT_ID
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from moto.s3 import models
from werkzeug.serving import BaseWSGIServer, make_server

from gateway.media_settings import BucketSettings

BUCKET, PREFIX, REGION = "foto-warga", "aduan/", "ap-southeast-3"
POLL_SECONDS = 0.01
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "media.md"


@dataclass(frozen=True)
class StoredObject:
    """An object as the server tells it to whoever may see everything."""

    key: str
    content: bytes
    last_modified: datetime
    headers: dict[str, str]
    grants: list[Any]


class S3Server:
    """``settings`` is what the gateway is told; its key may do what the guide says, and no more.

    While ``answers`` is cleared, requests hang; ``asked`` is set by each.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._moto_clock, models.utcnow = models.utcnow, lambda: clock().replace(tzinfo=None)
        self.asked = Event()
        self.answers = Event()
        self.answers.set()
        self._app = DomainDispatcherApplication(create_backend_app)
        self._server: BaseWSGIServer | None = None
        self._thread: Thread | None = None
        self._port = 0
        self.start()
        self._set_up()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        self._server = make_server(
            "127.0.0.1", self._port, self._answer, threaded=True, request_handler=MotoRequestHandler
        )
        self._port = self._server.port
        self._thread = Thread(target=self._server.serve_forever, args=(POLL_SECONDS,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Refuse connections from now on; none stays open, for this server ends each after its answer."""
        if self._server is not None and self._thread is not None:
            server, self._server = self._server, None
            server.shutdown()
            self._thread.join()

    def close(self) -> None:
        if self._server is None:
            self.start()
        self._authenticate_after("inf")
        httpx.post(f"{self.url}/moto-api/reset", trust_env=False).raise_for_status()
        self.stop()
        models.utcnow = self._moto_clock

    def objects(self, bucket: str = BUCKET) -> list[StoredObject]:
        """All that lies in a bucket."""
        keys = [each["Key"] for each in self._admin.list_objects_v2(Bucket=bucket).get("Contents", ())]
        return [self._object(bucket, key) for key in keys]

    def put(self, key: str, content: bytes) -> None:
        """Put an object into our bucket as somebody else might; without HTTP, for there may be thousands."""
        models.s3_backends[DEFAULT_ACCOUNT_ID]["aws"].put_object(BUCKET, key, content)

    def _object(self, bucket: str, key: str) -> StoredObject:
        found = self._admin.get_object(Bucket=bucket, Key=key)
        return StoredObject(
            key=key,
            content=found["Body"].read(),
            last_modified=found["LastModified"],
            headers=found["ResponseMetadata"]["HTTPHeaders"],
            grants=self._admin.get_object_acl(Bucket=bucket, Key=key)["Grants"],
        )

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked.set()
        self.answers.wait()
        return self._app(environ, start_response)  # type: ignore[no-any-return]

    def _set_up(self) -> None:
        anybody = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}
        s3 = boto3.client("s3", endpoint_url=self.url, region_name=REGION, **anybody)
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        iam = boto3.client("iam", endpoint_url=self.url, region_name=REGION, **anybody)
        key_id, secret = _user(iam, "aduan", policy_of_the_guide())
        everything = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
        admin_id, admin_secret = _user(iam, "admin", {"Version": "2012-10-17", "Statement": [everything]})
        self.settings = BucketSettings(BUCKET, PREFIX, REGION, key_id, secret, self.url)
        self._admin = boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id=admin_id,
            aws_secret_access_key=admin_secret,
        )
        self._authenticate_after("0")

    def _authenticate_after(self, requests: str) -> None:
        answer = httpx.post(f"{self.url}/moto-api/reset-auth", content=requests, trust_env=False)
        answer.raise_for_status()
        assert moto_settings.INITIAL_NO_AUTH_ACTION_COUNT == float(requests)


def policy_of_the_guide() -> Any:
    """The policy that docs/media.md tells operators to give to the key, for our bucket."""
    text = GUIDE.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    return json.loads(
        text.replace("BUCKET/PREFIX", f"{BUCKET}/{PREFIX.rstrip('/')}").replace("BUCKET", BUCKET)
    )


def _user(iam: Any, name: str, policy: Any) -> tuple[str, str]:
    iam.create_user(UserName=name)
    iam.put_user_policy(UserName=name, PolicyName=name, PolicyDocument=json.dumps(policy))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]

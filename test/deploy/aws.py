"""Calls of AWS, as its command line makes them: `[[service, operation, parameters], …]` comes in, the answers go out."""

import json
import sys

import botocore.session
from botocore import xform_name

session = botocore.session.get_session()


def call(service, operation, parameters):
    method = getattr(session.create_client(service), xform_name(operation))
    return {key: value for key, value in method(**parameters).items() if key != "ResponseMetadata"}


json.dump([call(*each) for each in json.load(sys.stdin)], sys.stdout, default=str)

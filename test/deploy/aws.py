"""Calls of AWS, as its command line makes them: `[[service, operation, parameters], …]` comes in, the answers go out."""

import json
import sys

import botocore.session
from botocore import xform_name

session = botocore.session.get_session()


def call(service, operation, parameters):
    client = session.create_client(service)
    name = xform_name(operation)
    if operation == "DescribeChangeSet":
        return client.get_paginator(name).paginate(**parameters).build_full_result()
    method = getattr(client, name)
    return {key: value for key, value in method(**parameters).items() if key != "ResponseMetadata"}


json.dump([call(*each) for each in json.load(sys.stdin)], sys.stdout, default=str)

"""MiniStack with its faults mended that would keep the application from being deployed or called.

Each mend says what AWS does. They reach into the pinned version of requirements.txt: a name that is gone there is an error
at start, to be looked at again. What is not mended: the condition key dynamodb:LeadingKeys is unknown, so that policies are
held to their actions and resources, not to the partitions that they name.
"""

import json
from email.utils import parseaddr

import ministack.app as app
from ministack.core import iam_actions, iam_evaluator
from ministack.services import ses_v2
from ministack.services.cloudformation import provisioners

import ses_events


def user_pools_have_a_provider_url():
    """Fn::GetAtt of AWS::Cognito::UserPool knows ProviderURL: the issuer of the pool's tokens."""
    attributes = provisioners._cognito_user_pool_attributes

    def mended(pool_id):
        known = attributes(pool_id)
        return {"ProviderURL": f"https://{known['ProviderName']}", **known}

    provisioners._cognito_user_pool_attributes = mended


def requests_count_as_encrypted():
    """Policies refuse what does not come by HTTPS; here everything comes by HTTP."""
    resolve = iam_evaluator._resolve_condition_key

    def mended(key, context):
        return "true" if key.lower() == "aws:securetransport" else resolve(key, context)

    iam_evaluator._resolve_condition_key = mended


def a_mail_is_sent_by_an_identity():
    """ses:SendEmail is allowed on the identity of the sender: the address, or its domain."""
    resource_arn = iam_actions._ses_v2_resource_arn

    def mended(method, path, body, region, account_id):
        if path != ses_events.MAIL_PATH:
            return resource_arn(method, path, body, region, account_id)
        address = parseaddr(json.loads(body)["FromEmailAddress"])[1]
        known = ses_v2._identities.get_scoped(account_id, region, address)
        identity = address if known else address.partition("@")[2]
        return f"arn:aws:ses:{region}:{account_id}:identity/{identity}"

    iam_actions._ses_v2_resource_arn = mended


def an_api_has_its_own_health():
    """GET /health of an API's host is the API's, not the emulator's."""
    assert "/health" in app._HEALTH_PATHS
    app._HEALTH_PATHS = tuple(path for path in app._HEALTH_PATHS if path != "/health")


user_pools_have_a_provider_url()
requests_count_as_encrypted()
a_mail_is_sent_by_an_identity()
an_api_has_its_own_health()
ses_events.publish_events()
app.main()

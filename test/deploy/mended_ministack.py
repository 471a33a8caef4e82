"""MiniStack with its faults mended that would keep the application from being deployed or called.

Each mend says what AWS does. They reach into the pinned version of requirements.txt: a name that is gone there is an error
at start, to be looked at again. What is not mended: the condition key dynamodb:LeadingKeys is unknown, so that policies are
held to their actions and resources, not to the partitions that they name.
"""

import asyncio
import contextvars
import json
import os
import string
from email.utils import parseaddr

import ministack.app as app
from ministack.core import iam_actions, iam_evaluator
from ministack.services import cloudwatch, route53, ses_v2
from ministack.services.cloudformation import _exports, _stacks, changesets, engine, handlers, provisioners, stacks

import ses_events


def user_pools_have_a_provider_url():
    """Fn::GetAtt of AWS::Cognito::UserPool knows ProviderURL: the issuer of the pool's tokens."""
    attributes = provisioners._cognito_user_pool_attributes

    def mended(pool_id):
        known = attributes(pool_id)
        return {"ProviderURL": f"https://{known['ProviderName']}", **known}

    provisioners._cognito_user_pool_attributes = mended


def condition_keys_have_values():
    """Policies refuse what does not come by HTTPS; here everything comes by HTTP. Of a mail, ses:FromAddress is the sender's
    address (Amazon SES Developer Guide, "Identity and access management in Amazon SES")."""
    resolve = iam_evaluator._resolve_condition_key

    def mended(key, context):
        known = {"aws:securetransport": "true", "ses:fromaddress": from_address.get()}
        return known[key.lower()] if key.lower() in known else resolve(key, context)

    iam_evaluator._resolve_condition_key = mended


# The sender of the mail that the current request sends.
from_address = contextvars.ContextVar("from_address", default=None)


def a_mail_is_sent_by_an_identity():
    """ses:SendEmail is allowed on the identity of the sender: the address, or its domain."""
    resource_arn = iam_actions._ses_v2_resource_arn

    def mended(method, path, body, region, account_id):
        if path != ses_events.MAIL_PATH:
            return resource_arn(method, path, body, region, account_id)
        address = parseaddr(json.loads(body)["FromEmailAddress"])[1]
        from_address.set(address)
        known = ses_v2._identities.get_scoped(account_id, region, address)
        identity = address if known else address.partition("@")[2]
        return f"arn:aws:ses:{region}:{account_id}:identity/{identity}"

    iam_actions._ses_v2_resource_arn = mended


def an_api_has_its_own_health():
    """GET /health of an API's host is the API's, not the emulator's."""
    assert "/health" in app._HEALTH_PATHS
    app._HEALTH_PATHS = tuple(path for path in app._HEALTH_PATHS if path != "/health")


def change_sets_tell_what_is_replaced():
    """A change set says of each change whether it replaces the resource: the createOnlyProperties of the type's schema in the
    CloudFormation registry always do, the conditionalCreateOnlyProperties may."""
    provisioners._REPLACING_PROPERTIES |= {
        "AWS::ApiGatewayV2::Api": ("ProtocolType",),
        "AWS::CloudFront::Distribution": (),
        "AWS::Cognito::UserPoolClient": ("GenerateSecret", "UserPoolId"),
        "AWS::DynamoDB::GlobalTable": ("TableName",),
        "AWS::Logs::LogGroup": ("LogGroupName",),
        "AWS::SES::EmailIdentity": ("EmailIdentity",),
        "AWS::SecretsManager::Secret": ("Name",),
    }
    provisioners._CONDITIONALLY_REPLACING_PROPERTIES |= {
        "AWS::DynamoDB::GlobalTable": ("GlobalTableSourceArn", "KeySchema", "LocalSecondaryIndexes"),
    }


def exports_in_use_stay():
    """"After another stack imports an output value, you can't delete the stack that is exporting the output value or modify the
    exported output value." (CloudFormation User Guide, "Get exported outputs from a deployed CloudFormation stack")"""
    resolve = stacks._resolve_stack_outputs

    def importers(name, exporter):
        for other, stack in _stacks.items():
            if other != exporter and not stack.get("StackStatus", "").startswith("DELETE"):
                if name in handlers._imported_export_names(stack, other):
                    yield other

    def mended(definitions, conditions, resources, parameters, mappings, stack_name, stack_id):
        outputs, exports = resolve(definitions, conditions, resources, parameters, mappings, stack_name, stack_id)
        for name, known in list(_exports.items()):
            if known["StackId"] != stack_id or exports.get(name, {}).get("Value") == known["Value"]:
                continue
            change = "updated" if name in exports else "deleted"
            for other in importers(name, stack_name):
                raise ValueError(f"Export {name} cannot be {change} as it is in use by {other}")
            if name not in exports:
                _exports.pop(name)
        return outputs, exports

    stacks._resolve_stack_outputs = mended


def outputs_of_stacks_are_found_in_their_region():
    """Fn::GetStackOutput reads from the region that it names."""
    resolve = engine._resolve_refs

    def mended(value, *context):
        wanted = value.get("Fn::GetStackOutput") if isinstance(value, dict) else None
        if not isinstance(wanted, dict) or "Region" not in wanted:
            return resolve(value, *context)
        stack_name, region = (resolve(wanted[each], *context) for each in ("StackName", "Region"))
        stack = _stacks.get_scoped(os.environ["MINISTACK_ACCOUNT_ID"], region, stack_name) or {}
        for output in stack.get("Outputs", []):
            if output["OutputKey"] == wanted["OutputName"]:
                return output["OutputValue"]
        raise ValueError(f"{stack_name} in {region} has no output {wanted['OutputName']}")

    for module in (engine, changesets, handlers, stacks):
        module._resolve_refs = mended


def mail_domains_have_dkim_tokens():
    """Fn::GetAtt of AWS::SES::EmailIdentity knows the names and values of three DNS records."""
    handler = provisioners._RESOURCE_HANDLERS["AWS::SES::EmailIdentity"]

    def with_tokens(provision):
        def mended(*given, **named):
            identity, attributes = provision(*given, **named)
            for number in (1, 2, 3):
                attributes[f"DkimDNSTokenName{number}"] = f"token{number}._domainkey.{identity}"
                attributes[f"DkimDNSTokenValue{number}"] = f"token{number}.dkim.amazonses.com"
            return identity, attributes

        return mended

    for action in ("create", "update"):
        handler[action] = with_tokens(handler[action])


def secrets_are_free_of_punctuation():
    """ExcludePunctuation of GenerateSecretString leaves out the characters that string.punctuation lists."""
    generate = provisioners._sm_secret_string

    def mended(properties):
        wanted = properties.get("GenerateSecretString") or {}
        if not wanted.get("ExcludePunctuation"):
            return generate(properties)
        excluded = wanted.get("ExcludeCharacters", "") + string.punctuation
        return generate({**properties, "GenerateSecretString": {**wanted, "ExcludeCharacters": excluded}})

    provisioners._sm_secret_string = mended


def the_hosted_zone_exists():
    """The zone that infra/stages.ts names was there before any deployment. An id cannot be chosen through the API."""
    zone_id, name = os.environ["HOSTED_ZONE"].split("=")
    route53._zones[zone_id] = {
        "id": zone_id,
        "name": f"{name}.",
        "caller_reference": zone_id,
        "comment": "",
        "private": False,
    }
    route53._records[zone_id] = route53._default_records(f"{name}.")


def a_table_without_a_name_keeps_the_one_it_was_given():
    """TableName of AWS::DynamoDB::GlobalTable is optional, and other properties than the keys are updated without a replacement
    (CloudFormation Template Reference). The emulator derives the name again, and takes the result for another one."""
    handler = provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::GlobalTable"]
    update = handler["update"]

    def mended(physical_id, old, new, stack_name):
        named = {"TableName": physical_id}
        return update(physical_id, {**named, **old}, {**named, **new}, stack_name)

    handler["update"] = mended


def alarms_raised_as_a_test_are_over_soon():
    """SetAlarmState "temporarily sets the state of an alarm for testing purposes. […] Metric alarms returns to their actual state
    quickly, often within seconds." (CloudWatch API Reference, SetAlarmState). Without figures, that is OK for an alarm whose missing
    data are notBreaching. The history also shows each action that was executed (DescribeAlarmHistory, HistoryItemType)."""
    set_state, dispatch = cloudwatch._set_alarm_state, cloudwatch._dispatch_alarm_actions

    def dispatched(alarm, old_state, new_state, reason):
        dispatch(alarm, old_state, new_state, reason)
        for action in alarm.get({"ALARM": "AlarmActions", "OK": "OKActions"}.get(new_state), []):
            cloudwatch._record_history(alarm["AlarmName"], old_state, new_state, reason)
            entry = {"HistoryItemType": "Action", "HistorySummary": f"Successfully executed action {action}"}
            cloudwatch._history_entries()[-1].update(entry)

    def mended(params, cbor_data, is_cbor, is_json=False):
        response = set_state(params, cbor_data, is_cbor, is_json)
        name = cbor_data.get("AlarmName") or params.get("AlarmName")
        alarm = cloudwatch._alarms.get(name) or {}
        if alarm.get("StateValue") == "ALARM" and alarm.get("TreatMissingData") == "notBreaching":
            over = {"AlarmName": name, "StateValue": "OK", "StateReason": "No datapoints were received."}
            # The account and the region are the request's.
            context = contextvars.copy_context()
            asyncio.get_running_loop().call_later(1, context.run, set_state, {}, over, False, True)
        return response

    cloudwatch._set_alarm_state, cloudwatch._dispatch_alarm_actions = mended, dispatched


user_pools_have_a_provider_url()
condition_keys_have_values()
a_mail_is_sent_by_an_identity()
an_api_has_its_own_health()
change_sets_tell_what_is_replaced()
exports_in_use_stay()
outputs_of_stacks_are_found_in_their_region()
mail_domains_have_dkim_tokens()
secrets_are_free_of_punctuation()
the_hosted_zone_exists()
a_table_without_a_name_keeps_the_one_it_was_given()
alarms_raised_as_a_test_are_over_soon()
ses_events.publish_events()
app.main()

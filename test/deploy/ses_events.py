"""SES tells EventBridge what became of a mail, where the mail's configuration set asks for it: that it was sent and delivered.

As in "Amazon SES event data that is published to EventBridge" of its developer guide.
"""

import asyncio
import contextvars
import json
from datetime import datetime, timezone

from ministack.core.responses import get_account_id, get_region
from ministack.services import eventbridge, ses_v2

MAIL_PATH = "/v2/email/outbound-emails"

# Seconds until a mail counts as delivered: after SendEmail has answered, as it is on AWS.
DELIVERY = 0.5


def publish_events():
    handle = ses_v2.handle_request

    async def mended(method, path, headers, body, query_params):
        response = await handle(method, path, headers, body, query_params)
        if (method, path, response[0]) == ("POST", MAIL_PATH, 200):
            mail = describe(json.loads(body), json.loads(response[2])["MessageId"])
            # The account and the region are the request's.
            context = contextvars.copy_context()
            asyncio.get_running_loop().call_later(DELIVERY, context.run, tell, mail)
        return response

    ses_v2.handle_request = mended


def describe(request, message_id):
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    tags = {tag["Name"]: [tag["Value"]] for tag in request.get("EmailTags", [])}
    if "ConfigurationSetName" in request:
        tags["ses:configuration-set"] = [request["ConfigurationSetName"]]
    return {
        "timestamp": now,
        "source": request["FromEmailAddress"],
        "sendingAccountId": get_account_id(),
        "messageId": message_id,
        "destination": request["Destination"]["ToAddresses"],
        "tags": tags,
    }


def tell(mail):
    publish(mail, "SEND", "Email Sent", {"eventType": "Send", "send": {}})
    delivery = {"timestamp": mail["timestamp"], "recipients": mail["destination"]}
    publish(mail, "DELIVERY", "Email Delivered", {"eventType": "Delivery", "delivery": delivery})


def publish(mail, event_type, detail_type, outcome):
    for name in mail["tags"].get("ses:configuration-set", []):
        destinations = ses_v2._config_sets[name].get("EventDestinations", {}).values()
        buses = [
            each["EventBridgeDestination"]["EventBusArn"]
            for each in destinations
            if each["Enabled"] and event_type in each["MatchingEventTypes"] and "EventBridgeDestination" in each
        ]
        entry = {
            "Source": "aws.ses",
            "DetailType": detail_type,
            "Detail": json.dumps({**outcome, "mail": mail}),
            "Resources": [f"arn:aws:ses:{get_region()}:{get_account_id()}:configuration-set/{name}"],
        }
        if buses:
            entries = [{**entry, "EventBusName": bus} for bus in buses]
            eventbridge._put_events({"Entries": entries}, allow_aws_source=True)

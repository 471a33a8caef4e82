"""Invites the people whose addresses are in a CSV file, waits until nobody is pending, and lists who has access to the pool."""

import csv, os, sys, time
import httpx
from roster_client import AuthenticatedClient
from roster_client.api.invites import get_invite, invite_users
from roster_client.api.pools import list_pool_users
from roster_client.models import EngineerAssignment, InviteUsersRequest


class PatientTransport(httpx.HTTPTransport):
    """Repeats a request that was refused because too many were sent. Such a request had no effect."""

    def handle_request(self, request):
        for _ in range(5):
            response = super().handle_request(request)
            if response.status_code != 429 or "retry-after" not in response.headers:
                return response
            response.close()
            time.sleep(min(60, int(response.headers["retry-after"])))
        return super().handle_request(request)


organization, pool, file = os.environ["ROSTER_ORGANIZATION"], os.environ["ROSTER_POOL"], sys.argv[1]
credentials = (os.environ["ROSTER_CLIENT_ID"], os.environ["ROSTER_CLIENT_SECRET"])
token = httpx.post(os.environ["ROSTER_TOKEN_URL"], auth=credentials, data={"grant_type": "client_credentials"}).json()
roster = AuthenticatedClient(base_url=os.environ["ROSTER_URL"], token=token["access_token"], httpx_args={"transport": PatientTransport()})
emails = [row["email"] for row in csv.DictReader(open(file, newline="", encoding="utf-8-sig"))]
roles = [EngineerAssignment(role="engineer", pool_id=pool)]
invited = invite_users.sync(organization, client=roster, body=InviteUsersRequest(emails=emails, roles=roles))
print(*(f"{result.email}: {result.outcome}" for result in invited.results), sep="\n")
waiting = [result.invite.id for result in invited.results if result.invite]
while waiting := [id for id in waiting if get_invite.sync(organization, id, client=roster).status == "pending"]:
    time.sleep(5)
for access in list_pool_users.sync(organization, pool, client=roster).items:
    print(access.user.email, access.role)

import {
  accessTokenMinutes,
  assignmentsMax,
  idempotencyHours,
  inviteAddressesMax,
  inviteExpiryDaysDefault,
  inviteExpiryDaysMax,
  inviteResendPauseSeconds,
  inviteResendsPerDayMax,
  machineTokenMinutes,
  organizationsPerPersonMax,
  pageItemsDefault,
  pageItemsMax,
  policiesMax,
  poolDepthMax,
  poolsMax,
  requestBodyBytesMax,
  resourcesPerRequestMax,
  tagsMax,
} from '../../../../shared/limits.ts';
import inviteFromCsv from './invite-from-csv.py';

const count = (limit: number): string => limit.toLocaleString('en');

interface Addresses {
  /** The address of this installation, without a slash at the end. */
  origin: string;
  /** The address at which people sign in and machines get tokens, without a slash at the end. */
  signInUrl: string;
}

/** The guides that precede the reference, in Markdown. Each heading becomes an entry of the navigation. */
export const guides = (addresses: Addresses): string =>
  [
    introduction,
    signingIn(addresses),
    firstInvitation(addresses),
    clients(addresses),
    ingesting(addresses),
    errors,
    limits,
  ].join('\n\n');

const introduction = `# Introduction

Roster manages the people of an organization: their roles, the pools those roles apply to, the invitations
that bring people in, and who takes over what they own when they leave. The same API serves the console and other services.
Requests and responses are JSON.`;

const signingIn = ({ origin, signInUrl }: Addresses): string => `# Signing in

Every operation under \`/v1\` except those for the recipients of invitations requires an access token:
\`Authorization: Bearer <access token>\`. Rights are read on each request and are not part of the token, so a change of roles
applies to the next request.

## As a person

Press **Sign in** at the top of this page to try requests with your own account. The token stays in this browser tab, and the
samples never contain it. People sign in at \`${signInUrl}\` with the authorization code flow and PKCE. An access token is valid
for ${accessTokenMinutes} minutes and is then renewed with the refresh token.

## As a machine

Operators create an app client for each machine and hand over its client id and secret. An organization manager then binds the
client to the organization as a service account, with roles like those of a user. The machine gets a token with its id and
secret. It is valid for ${machineTokenMinutes} minutes.

\`\`\`sh
curl ${signInUrl}/oauth2/token -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials
\`\`\`

\`\`\`python
import requests

token = requests.post(
    "${signInUrl}/oauth2/token",
    auth=(client_id, client_secret),
    data={"grant_type": "client_credentials"},
).json()["access_token"]

roster = requests.Session()
roster.headers["Authorization"] = f"Bearer {token}"
organization = "${origin}/v1/organizations/" + organization_id
\`\`\``;

const firstInvitation = ({ origin }: Addresses): string => `# First invitation

Only organization managers and service accounts with that role can invite. An invitation gives its recipient one or more roles.
\`organization_manager\` and \`member\` apply to the organization, while \`manager\` and \`engineer\` require a pool and apply to all
pools below it.

\`\`\`sh
curl ${origin}/v1/organizations/$ORGANIZATION_ID/invites \\
  -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
  -d '{"emails": ["ada@example.com"], "roles": [{"role": "member"}]}'
\`\`\`

\`\`\`ts
import { createClient } from "roster-client";

const roster = createClient({ baseUrl: "${origin}", token: () => accessToken });
const { results } = await roster.inviteUsers({
  params: { organizationId },
  body: { emails: ["ada@example.com"], roles: [{ role: "member" }] },
});
\`\`\`

The response has one result for each address, so that one wrong address does not fail the others. With \`"dryRun": true\`, nothing
is stored or sent. The email follows within moments. An invitation has a \`status\` (from \`pending\` to \`accepted\`, for example)
and a \`delivery\`, which says what became of the email. It expires after ${inviteExpiryDaysDefault} days unless you choose
another time, up to ${inviteExpiryDaysMax} days.

To wait for the answer, request the invitation again with the ETag of the last response in \`If-None-Match\`: while nothing has
changed, the response is 304 without a body.`;

const clients = ({ origin, signInUrl }: Addresses): string => `# Clients

Two packages are built from this reference. Ask the operators of this installation for them: \`npm run clients\` builds both.

- \`roster-client\` for TypeScript has one method for each operation and depends on nothing. It repeats requests that are safe to
  repeat, waits as long as \`Retry-After\` says, and reads lists to their end with \`for await\`.
- \`roster_client\` for Python (3.11 and later) has one function for each operation.

This Python script invites the people whose addresses are in the column \`email\` of a CSV file, waits until nobody’s invitation is
pending, and lists who has access to the pool. It works as a service account that is an organization manager.

\`\`\`sh
export ROSTER_URL=${origin} ROSTER_TOKEN_URL=${signInUrl}/oauth2/token
export ROSTER_CLIENT_ID=… ROSTER_CLIENT_SECRET=… ROSTER_ORGANIZATION=org_… ROSTER_POOL=pool_…
pip install roster_client-*.whl
python invite-from-csv.py people.csv
\`\`\`

\`\`\`python
${inviteFromCsv.trim()}
\`\`\``;

const ingesting = ({ origin }: Addresses): string => `# Ingesting resources

A service account with the role \`manager\` on a pool can report what exists there, up to ${resourcesPerRequestMax} resources in one
request. A resource that has the same \`dataSourceId\` and \`externalId\` as an existing one updates it, so sending the same list
again changes nothing.

\`\`\`python
response = roster.post(
    f"{organization}/resources/batch",
    headers={"Idempotency-Key": run_id},
    json={
        "items": [
            {
                "name": "web-1",
                "type": "instance",
                "poolId": pool_id,
                "dataSourceId": data_source_id,
                "externalId": "i-0abc",
                "monthlyCost": 41.2,
            }
        ]
    },
)
for result in response.json()["results"]:
    print(result["outcome"])
\`\`\`

Each item gets its own result, in the order of the request. With an \`Idempotency-Key\`, a request that is repeated within
${idempotencyHours} hours has one effect and gets the same response. The same key with another body is refused with 422.

\`\`\`sh
curl ${origin}/v1/organizations/$ORGANIZATION_ID/resources/batch \\
  -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -H "Idempotency-Key: $RUN_ID" \\
  -d '{"items": [{"name": "web-1", "type": "instance", "poolId": "'$POOL_ID'", "monthlyCost": 41.2}]}'
\`\`\``;

const errors = `# Errors

A refused request gets a problem document (RFC 9457, \`application/problem+json\`). Decide by its \`code\`, which never changes. The
other texts are for people and may be reworded. \`errors\` names each field that is wrong: a JSON Pointer into the body, \`?name\` for
the query, \`{name}\` for the path, or the name of a header. \`requestId\` finds the request in the logs of the operators. All codes
are listed in the [catalogue of errors](/docs/errors).

| Status | Meaning | What to do |
| --- | --- | --- |
| 400, 413, 415, 422 | The request is wrong or cannot be fulfilled | Change the request |
| 401 | There is no valid access token | Get a new token |
| 403 | The roles of the caller do not allow it | Ask an organization manager |
| 404 | It does not exist, or it belongs to an organization of which the caller is no member | |
| 405 | The path does not support the method | Use one of the methods in \`Allow\` |
| 409 | The state of the object does not permit it | Read the object again |
| 410 | The invitation is no longer valid | Ask for a new one |
| 412 | The object has changed since its ETag was read (\`If-Match\`) | Read the object again |
| 429, 503 | There were too many requests, or a dependency is down | Wait as long as \`Retry-After\` says, then repeat |

API Gateway itself responds with \`{"message": "…"}\` to requests that do not reach Roster, with the statuses 401, 404, 413, 429
and 503.`;

const limits = `# Limits

| What | Limit |
| --- | --- |
| Size of a request body | ${requestBodyBytesMax / 1024 ** 2} MiB |
| Items on a page of a list | ${pageItemsDefault} unless \`limit\` says otherwise, at most ${pageItemsMax} |
| Addresses in one request to invite users | ${count(inviteAddressesMax)} |
| Repeated emails for an invitation | one every ${inviteResendPauseSeconds} seconds, ${inviteResendsPerDayMax} a day |
| Resources in one request | ${resourcesPerRequestMax} |
| Tags of a resource | ${tagsMax} |
| Role assignments of a user | ${assignmentsMax} |
| Pools of an organization | ${count(poolsMax)}, ${poolDepthMax} on a path |
| Policies of an organization | ${policiesMax} |
| Organizations that one person creates | ${organizationsPerPersonMax} |
| Validity of an \`Idempotency-Key\` | ${idempotencyHours} hours |`;

import { byKind, manyOf, settingsKindNames } from './asset-kinds.ts';

/**
 * The limits of the product, and those of the services that it runs on.
 *
 * A number belongs here if a caller, an operator or another number depends on it: the length of a field, a retention time, the
 * size of a request, the timeout of a function. A change here takes effect in the route schemas, the OpenAPI document, the
 * console, the accept page and the infrastructure. `test/domain/limits.test.ts` asserts the relations between these numbers. A
 * number on which no other depends stays in the only file that uses it: a size on a screen, the length of a derived id, the
 * attempts of a loop. Values that differ between environments are in `infra/stages.ts`.
 *
 * Each number is a constant of its own, so that a bundle contains only those that it uses. In a name, the unit comes last, then
 * `Max` or `Min`. "Product rule" marks a number that the product requires rather than a technical limit.
 */

// Limits of DynamoDB. Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html

/** The maximum number of items in one TransactWriteItems, including conditions on other items. */
export const dynamodbTransactionItemsMax = 100;
/** The maximum total size of the items in one TransactWriteItems: 4 MB. */
export const dynamodbTransactionBytesMax = 4 * 1024 * 1024;
/** The maximum size of an item, including the names of its attributes: 400 KB. */
export const dynamodbItemBytesMax = 400 * 1024;
/** The maximum size of a sort key. */
export const dynamodbSortKeyBytesMax = 1_024;
/** The maximum amount of data that a Query reads for one page: 1 MB. */
export const dynamodbPageBytesMax = 1024 * 1024;
/** The maximum number of keys in one BatchGetItem. */
export const dynamodbBatchGetKeysMax = 100;
/** The maximum number of items in one BatchWriteItem. */
export const dynamodbBatchWriteItemsMax = 25;

// Limits of Lambda and API Gateway. Sources: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html,
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html

/** The maximum size of a response: 6 MB. It is JSON with the body as a string, so quotes in the body are escaped a second time. */
export const lambdaResponseBytesMax = 6 * 1024 * 1024;
/** The part of a response that is left for its status and headers. */
export const lambdaResponseRestBytes = 10_000;
/**
 * The executions that must stay unreserved in an account. Source:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
export const lambdaUnreservedExecutionsMin = 100;
/** The maximum timeout of a Lambda function. */
export const lambdaTimeoutSecondsMax = 900;
/** The integration timeout of an HTTP API: after this time API Gateway stops waiting for the function and responds 503. */
export const apiGatewayTimeoutSeconds = 30;
/** The maximum size of a request to an HTTP API. */
export const apiGatewayPayloadBytesMax = 10 * 1024 * 1024;

// Limits and recommendations of SQS. Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html

/** The maximum time for which a queue keeps a message. */
export const sqsRetentionDaysMax = 14;
/** The visibility timeout of a queue, as a multiple of its function's timeout. AWS recommends 6, so that no message is read twice. */
export const sqsVisibilityTimeouts = 6;

// Limits of Cognito. Sources: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html,
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html

/** The maximum length of a user name. Roster uses the email address as the user name. */
export const cognitoUserNameLettersMax = 128;
/** The maximum length of the id of an app client. */
export const cognitoClientIdLettersMax = 128;
/** The maximum length of a password. */
export const cognitoPasswordLettersMax = 256;
/**
 * The time in seconds that Cognito waits for a Lambda trigger: "must respond within 5 seconds … you can't change this time-out value".
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
export const cognitoTriggerSecondsMax = 5;

/**
 * The mails that Cognito sends per day by itself, without SES. Source:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html
 */
export const cognitoMailsPerDay = 50;

// Limits of SES and of email addresses.

/**
 * The sending rate of an account in the sandbox, the lowest that SES grants.
 * Source: https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html
 */
export const sesMailsPerSecondMin = 1;
/** SES reviews an account above this bounce rate: https://docs.aws.amazon.com/ses/latest/dg/reputation-dashboard-dg.html */
export const sesReviewedBounceShare = 0.05;
/** SES reviews an account above this complaint rate. Same source. */
export const sesReviewedComplaintShare = 0.001;
/** The maximum length of the part of an address before the @: RFC 5321, 4.5.3.1.1. */
export const emailLocalPartLettersMax = 64;

// Limits of tags in AWS. Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html

/** The maximum number of tags on an AWS resource. */
export const tagsMax = 50;
/** The maximum length of the key of an AWS tag. */
export const tagKeyLettersMax = 128;
/** The maximum length of the value of an AWS tag. */
export const tagValueLettersMax = 256;

// Timeouts, memory and caches of our own functions.

/**
 * The timeout of each function, by the name of its bundle. Functions behind the API end before the timeout of API Gateway.
 * `invites`, `resources` and `users` may use all of that time, because they write many transactions in sequence. The others are quick:
 * one that runs longer has failed.
 */
export const functionTimeoutSeconds = /* @__PURE__ */ withSettingsKinds({
  me: 10,
  organizations: 10,
  users: 29,
  permissions: 10,
  serviceAccounts: 10,
  pools: 10,
  resources: 29,
  invites: 29,
  platform: 10,
  accept: 10,
  console: 10,
  work: 60,
  recordDelivery: 10,
  operate: 30,
  canary: 175,
  tokenClaims: 5,
});

/** Adds the function of each kind of asset that is stored in the settings partition. */
function withSettingsKinds<const T extends Record<string, number>>(seconds: T) {
  return { ...seconds, ...byKind(settingsKindNames, (kind) => [manyOf(kind), 10]) };
}

/**
 * The memory of a function. By `npm run bench:memory`, the heaviest call uses less than a third of it. Lambda assigns processor
 * time in proportion to memory, so half the memory would double every response time.
 */
export const functionMemoryMegabytes = 1_024;
/** The number of organizations whose pool tree a function instance caches. A tree of the maximum size takes about 1 MB. */
export const poolTreesRememberedMax = 50;
/** The number of admitted members that a function instance remembers, which take about 1 MB. */
export const membersRememberedMax = 10_000;
/** The timeout of a request in the browser. It exceeds the timeout of API Gateway, so that the browser gets its response. */
export const browserPatienceSeconds = 40;

// Reads and writes of our table.

/** The maximum attempts of a transaction that conflicts with others or is throttled. The longest possible pause doubles each time. */
export const transactionAttemptsMax = 8;
/** The base of the pauses. The first pause is random, up to twice this value. */
export const transactionPauseMilliseconds = 20;
/**
 * The number of parts of a bulk request that are written in parallel until they conflict. In the worst case, where DynamoDB
 * cancels every transaction that checks the same membership as another in progress, each part after the first of these wastes
 * one attempt, which costs as much capacity as a write: 3 of 37 attempts for 1,000 addresses (test/domain/in-parallel.test.ts).
 * More parts would waste more, and gain little where nothing conflicts: four parts of 30 addresses already write 520 units at
 * once, and a partition sustains 1,000 units per second.
 */
export const parallelPartsMax = 4;
/** The maximum cost of a call by somebody who is not a member, in read units. Product rule. */
export const outsiderReadUnitsMax = 12;
/** The maximum number of keys that an operation reads together with the organization and the membership. */
export const declaredReadsMax = 10;
/** The maximum number of queries for one page of a list that spans several partitions. If they find few items, the page is short. */
export const queriesPerPageMax = 10;
/** A limit for queries that want a whole page: more items than fit a page of DynamoDB. */
export const wholePageItems = 10_000;

// Requests and responses of our API.

/** The maximum size of a response that is sent uncompressed to a caller that accepts compressed responses. Product rule. */
export const uncompressedBytesMax = 1_000;
/** The maximum size of a request body: eight times the longest list of addresses. */
export const requestBodyBytesMax = 1024 * 1024;
/** The maximum length of an id in a request. All ids of Roster are shorter. */
export const idLettersMax = 64;
/** How long a response is remembered for its `Idempotency-Key`. Product rule. */
export const idempotencyHours = 24;
/** The minimum time between marking an operation as deprecated and removing it. Product rule. */
export const deprecationMonthsMin = 6;
/** The maximum number of digits of a version in an `ETag`. JavaScript represents every such number exactly. */
export const versionDigitsMax = 15;
/** The maximum length of an `Idempotency-Key`. Callers choose their own: a UUID, or a few words. */
export const idempotencyKeyLettersMax = 200;
/** The maximum length of an operator's key, which the program builds from the organization's name and the address. */
export const operatorKeyLettersMax = 500;
/** The number of items on a page of a list, unless the caller requests another number. */
export const pageItemsDefault = 50;
/** The maximum number of items on a page of a list: one BatchGetItem reads them all. */
export const pageItemsMax = 100;
/** The maximum length of a cursor, which contains a sort key and the filters of its list. */
export const cursorLettersMax = 2_000;
/** The maximum size of the sort key in a cursor. It fits every stored sort key and stays below the limit of DynamoDB. */
export const cursorPositionBytesMax = 1_000;
/** The maximum length of a search text. Names and addresses are indexed up to this length. */
export const searchLettersMax = 200;
/** The maximum number of field errors in a response, because one request can have thousands. */
export const problemErrorsMax = 50;
/** The maximum number of field errors of one item of a list, because a list can have a hundred wrong items. */
export const itemErrorsMax = 10;
/** A pointer to an invalid field is cut to this length, because a request can contain a field name of a megabyte. */
export const problemPointerLettersMax = 200;
/** The explanation in an error response is cut to this length. */
export const problemDetailLettersMax = 2_000;
/** The maximum number of checks in one request to check permissions. One BatchGetItem reads the resources that they name. */
export const permissionChecksMax = 50;

// Fair use: what one person and one organization may use, so that they cannot slow down others.

/** The calls per second that a function instance accepts from one person in the long run, and the calls that it accepts at once. */
export const personCallsPerSecond = 50;
export const personCallsAtOnceMax = 100;
/** The number of people whose calls a function instance counts, which take about 1 MB. */
export const personsCountedMax = 10_000;
/** A call that is estimated to cost more capacity units is charged to the person and the organization. Product rule. */
export const ordinaryUnitsMax = 20;
/** The estimated units of a list, and of each item that it may return: one strongly consistent read. */
export const listUnits = 4;
export const listItemUnits = 1;
/** The share of a call's units for items that its dry run costs: it reads what the call would read, and writes nothing. */
export const dryRunUnitsShare = 0.5;
/** The units of costly calls per second that a person may use in the long run, and those that the person may use at once. */
export const personUnitsPerSecond = 1_500;
export const personUnitsAtOnceMax = 9_000;
/** The same for all members of an organization together. */
export const organizationUnitsPerSecond = 3_000;
export const organizationUnitsAtOnceMax = 18_000;

// Names and amounts of money.

/** The maximum length of the name of a person, organization, pool, policy, data source or service account: it fits one line. */
export const nameLettersMax = 100;
/** The maximum length of the name of a resource, because clouds allow longer names. */
export const resourceNameLettersMax = 255;
/** The maximum length of the type of a resource, as the cloud names it. */
export const resourceTypeLettersMax = 100;
/** The maximum length of a resource's identifier in its cloud: an ARN, a URL. */
export const externalIdLettersMax = 500;
/** The maximum length of the id of a cloud account, subscription, project or cluster. */
export const cloudAccountIdLettersMax = 200;
/** The maximum size of a name as part of a sort key. Folding case and width can turn one letter into many bytes. */
export const foldedNameBytesMax = 800;
/** The maximum amount of money. Up to here, JavaScript and DynamoDB numbers are exact to well below a cent. */
export const moneyMax = 1e12;
/** The minimum amount of money above 0. Sums are rounded to six decimals, so a smaller amount could vanish. */
export const moneyMin = 1e-6;

// Users, their roles and their sign-in.

/** The maximum number of role assignments of a user, a service account or an invite. Product rule. */
export const assignmentsMax = 50;
/** A search can match from the start of each of the first words of a name, up to this number. */
export const searchableWordsMax = 8;
/** The maximum number of role assignments, and of predecessors, that the list shows for a user. Product rule. */
export const rowRolesMax = 5;
export const rowTakenOverMax = 3;
/**
 * The names of other people in a row of the list of users are shortened to this size. A page of 50 rows then costs at most 12
 * read units, also when the user's own name and address have the maximum length in ASCII.
 */
export const rowNameBytesMax = 28;
/** The maximum number of list entries in one transaction, in addition to the other items that a change of a user writes. */
export const userEntriesPerTransaction = 90;
/** The number of users whose rows and entries one call of the operators renews. */
export const usersRenewedPerCall = 25;
/** The maximum number of organizations that one person may create. Product rule. */
export const organizationsPerPersonMax = 5;
/** The number of a person's organizations whose names are compared with that of an organization that invites the person. */
export const namesakesComparedMax = 500;
/** The minimum length of a password. `passwordPolicy` states what else a password requires. */
export const passwordLettersMin = 12;
/** The validity of an access token. Each request reads the current rights, so this only limits the use of a stolen token. */
export const accessTokenMinutes = 15;
/** How long a person stays signed in without signing in again. */
export const signInDays = 30;
/** The validity of the access token of a machine. The machine requests a new one by itself. */
export const machineTokenMinutes = 60;

// Accounts that are created when an invite is accepted.

/** After this time another request may take over an unfinished claim on an account, because its function has ended. */
export const claimSeconds = 15;
/** How many times a request checks whether another request has finished creating the same account. */
export const accountWaitsMax = 20;
/** The pause between two of these checks. */
export const accountWaitMilliseconds = 200;

// Accounts that change in the user directory.

/** The maximum number of organization managers whom a request looks up in the directory to find one who can sign in. */
export const managersLookedUpMax = 10;
/** The maximum number of organization managers who are notified that the new address of a user is taken. */
export const managersNotifiedMax = 10;
/** The time from the end of one sweep of an organization’s accounts to the beginning of the next. */
export const accountSweepHours = 24;
/** The number of accounts that a step of a sweep looks up. At 50 ms each, the step takes half of `workReserveSeconds`. */
export const accountsPerSweepStep = 50;
/**
 * The pause between two steps of a sweep. With it, a sweep looks up 10 to 16 accounts per second, which is 1,000,000 in about a
 * day. Cognito allows 120 look-ups per second (category UserRead).
 */
export const sweepPauseSeconds = 3;

// Totals of users and invites.

/** The minimum time between two counts of an organization, unless its last count was a long one. */
export const totalsPauseSecondsMin = 60;
/**
 * The pause after a count, for each of its requests of at most 1 MB, or 256 read units. So an organization that never stops
 * changing costs at most 43 read units per second at any size: one of 1,000,000 users is counted in about 420 requests, at most
 * once in 42 minutes, and one of up to 3,000 users about every minute.
 */
export const totalsPauseSecondsPerRequest = 6;
/** The maximum number of pages of 1 MB, or of 100 invites, that one step of a count reads. At 100 ms each, it takes half of `workReserveSeconds`. */
export const totalsRequestsPerStep = 20;

// What an organization requires of its users.

/** The minimum of the longest time since the last sign-in that an organization accepts, followed by the maximum: 30 days. Product rule. */
export const signInHoursMin = 1;
export const signInHoursMax = 720;
/** The maximum number of domains to which an organization restricts email addresses. Product rule. */
export const allowedDomainsMax = 50;

// Invites and their links.

/** The minimum lifetime of an invite, followed by the maximum. Product rule. */
export const inviteExpiryDaysMin = 1;
export const inviteExpiryDaysMax = 30;
/** The lifetime of an invite unless the organization sets another. Product rule. */
export const inviteExpiryDaysDefault = 7;
/** How long before the expiry of an invite a reminder is sent. Product rule. */
export const inviteReminderDays = 2;
/** Invites with at most this lifetime get no reminder. Product rule. */
export const inviteUnremindedDaysMax = 3;
/** How long an invite is kept after its expiry, so that its link can still explain what happened to it. */
export const inviteRetentionDays = 365;
/** The minimum time between two requests to send the same invite. Product rule. */
export const inviteResendPauseSeconds = 60;
/** The maximum number of requests per day to resend the same invite. Product rule. */
export const inviteResendsPerDayMax = 5;
/** The maximum number of replaced secrets that an invite keeps, so that an old link can explain that it was replaced. */
export const supersededSecretsMax = 50;
/** The maximum length of the personal message in the mail of an invite. Product rule. */
export const inviteMessageLettersMax = 500;
/** The maximum length of a mail's subject, and of each name in it, so that no name becomes a message of its own. Product rule. */
export const subjectLettersMax = 120;
export const subjectNameLettersMax = 40;
/** The maximum number of addresses in one request to invite users. Product rule. */
export const inviteAddressesMax = 1_000;
/** The number by which an organization's budget of emails per day grows for each delivered email. Product rule. */
export const budgetPerDelivery = 2;
/** The maximum to which operators can raise an organization's budget of emails per day. */
export const raisedBudgetMax = 1_000_000;
/** The number of deliveries that a complaint takes back: SES reviews an account with one complaint in 1,000 emails. Product rule. */
export const deliveriesPerComplaint = 1_000;
/** The maximum length of an entry in the list of addresses. A longer text is no address, so the request is refused. */
export const givenAddressLettersMax = 1_000;
/** The maximum number of addresses that one transaction invites. */
export const inviteAddressesPerTransaction = 30;
/**
 * The maximum number of roles in the audit event of one transaction, which lists those of invitees with other roles than the common
 * ones of the request. As many as the event of a role change lists.
 */
export const inviteOwnRolesPerTransaction = 100;
/** The maximum number of roles of all invitees in one request, because the response repeats the roles for each address. */
export const inviteRolesTotalMax = 10_000;
/** The maximum size of the roles and messages in a response, which repeats them per address. The rest is left for the addresses. */
export const inviteRepeatedBytesMax = 4_000_000;
/** The maximum number of invites that one request resends or revokes. */
export const inviteChangesMax = 100;
/** The maximum length of the token in a link, which contains two ids and the secret. */
export const tokenLettersMax = 400;

/** The length of a pasted text in which the accept page searches for a link: enough for the source of a whole email. */
export const pastedLinkLettersMax = 100_000;

/** The maximum number of decoded forms of a pasted text in which the accept page searches for a link. */
export const linkReadingsMax = 200;
/** The maximum number of service accounts that a removal lists as bound by the leaver. */
export const boundAccountsListedMax = 100;
/** The maximum number of pending invites that the preview of a removal counts. Nobody is expected to have more. */
export const pendingInvitesCountedMax = 5_000;

// Sending of mails.

/** The maximum number of invite emails that an organization sends to an address per day. Product rule. */
export const mailsPerRecipientAndDayMax = 5;
/**
 * The maximum number of invite emails that an address gets per day from all organizations. No honest address is invited by twenty
 * organizations on one day, so what one organization sees does not depend on the invites of others. Product rule.
 */
export const mailsToRecipientOfAllMax = 100;
/** A mail whose response was lost is sent again after this time, unless an event of SES has settled it. Product rule. */
export const sendUncertaintySeconds = 900;
/** The maximum pause before a mail that SES did not accept is sent again. The pauses start at 1 minute and double. */
export const sendRetryMinutesMax = 60;
/** The interval at which the worker checks whether a paused organization may send mails again. */
export const sendPauseMinutes = 60;
/** The number of days over which an organization's bounces are counted. Product rule. */
export const bounceWindowDays = 7;
/** An organization with fewer bounces in that time is never paused. Product rule. */
export const bouncesMin = 10;
/** An organization with a higher bounce rate is paused, because all organizations share the reputation at SES. Product rule. */
export const bounceShareMax = 0.02;
/** A higher bounce rate of the whole account raises an alarm. */
export const bounceAlarmShare = 0.04;
/** A higher complaint rate of the whole account raises an alarm. */
export const complaintAlarmShare = 0.0008;
/** How long the daily counts of an organization's mails are kept. */
export const mailCountRetentionDays = 30;
/** How long a notice waits for others to the same person. They are then sent in one email. Product rule. */
export const noticeWindowSeconds = 300;
/** A notice that has gathered this many others gathers no more, so that it stays within the size of an item. */
export const noticesGatheredMax = 100;
/** The maximum number of notices that a person gets a day, from all organizations. Others wait until the next day. Product rule. */
export const noticesPerPersonAndDayMax = 10;
/** The part of these that is left to notices about the person's own access, such as a removal or other roles. Product rule. */
export const noticesReservedPerDay = 3;
/** How long a notice is kept after it was sent. */
export const noticeRetentionDays = 30;
/** How long the sending rate of the account is cached. AWS raises it occasionally and rarely lowers it. */
export const sesRateSeconds = 600;

// The worker, which does the due work.

/** The interval of the schedule that starts the worker. A start that is delayed longer is dropped, because the next one follows. */
export const workIntervalSeconds = 60;
/** The maximum age of a stream record that wakes the worker. By then the schedule has started the worker anyway. */
export const wakeAgeSecondsMax = 300;
/** How long the lease of a run lasts after its last renewal, and thus how long other runs wait if the run dies. */
export const leaseSeconds = 25;
/** The interval at which a run renews its lease. Several renewals can fail before the lease ends. */
export const leaseRenewalSeconds = 5;
/** A run stops this long before the end of its lease, because the clock of the next run may be ahead. */
export const leaseClockReserveSeconds = 5;
/** Work that a dead run had not begun is continued within this time. Product rule. */
export const workResumptionSecondsMax = 90;
/** An email that a run had claimed, but certainly not handed to SES, is sent within this time. Product rule. */
export const heldMailResumptionSecondsMax = 300;
/** A run with less time left starts no more work. This is the longest that one piece of work takes. */
export const workReserveSeconds = 5;
/** How long failed work is deferred before it is tried again. It delays no other work. */
export const failedWorkPauseSeconds = 60;
/** How long the worker defers work of a kind that only a newer version of Roster knows, so that it does not hold up other work. */
export const unknownWorkPauseSeconds = 300;
/** The maximum due work read at once, about 1 MB of keys: enough that one busy organization does not delay the others. */
export const dueWorkReadMax = 8_000;
/** The number of pieces of work after which the worker reads the index again. */
export const dueWorkPerReadMax = 100;
/** The maximum number of pieces of work done in parallel, each for a different organization. */
export const parallelWorkMax = 10;
/** A run with less time left defers the rest of a follow-up to the next run. */
export const followUpReserveSeconds = 15;
/** After this time a follow-up is resumed if the run that began it has died. */
export const followUpResumptionSeconds = 300;
/** After this time a finished follow-up is checked once more, because an index lags behind the table. */
export const followUpSecondLookSeconds = 60;
/** If a run stops in the middle of a follow-up, the rest is due after this time. */
export const followUpPauseSeconds = 5;
/** Work that has been due for longer raises an alarm. */
export const overdueWorkAlarmSeconds = 900;
/** A higher share of SES's quota of mails per day, in percent, raises an alarm. */
export const mailQuotaAlarmPercent = 80;
/** A mail that SES has not accepted for longer raises an alarm, whether it is due or put off. */
export const unsentMailAlarmSeconds = 1_800;

// Changes of users.

/** The maximum number of users whose roles one request changes, or whom it removes. */
export const usersPerRequestMax = 100;
/** A request that has taken longer changes no further user, so that its response still reaches the caller. */
export const usersChangeSecondsMax = 20;

/** The maximum size of a successor's record, including what it takes over. The rest of the item is left for other changes. */
export const userRecordBytesMax = 300_000;
/** The maximum number of queries for resources in the preview of a removal. */
export const resourceQueriesMax = 9;
/** The approximate number of resources that one of these queries counts, at 200 bytes each in the index. */
export const resourcesPerQuery = 5_000;
/** The maximum number of users whose shortcut to the owner one transaction sets. */
export const shortenedChainsPerTransaction = 90;

// Pools.

/** The maximum number of pools of an organization, so that one response lists them all. Product rule. */
export const poolsMax = 5_000;
/** The maximum number of pools on a path, including the root. Product rule. */
export const poolDepthMax = 10;
/** A longer path is a torn read: it shows a cycle because a pool was moved while the pools were read. */
export const poolStepsMax = 50;
/** The maximum size of a pool's path in a response, because the list of pools contains the path of every pool. */
export const poolPathBytesMax = 600;
/** The maximum number of ids of deleted pools that a pool keeps after absorbing them. */
export const absorbedPoolsMax = 2_000;

// Resources and policies.

/** The maximum number of resources in one request. */
export const resourcesPerRequestMax = 100;
/** The maximum number of resources in one transaction. A transaction has fewer if they name many owners. */
export const resourcesPerTransaction = 50;
/** The other items of such a transaction: the organization, the membership, the audit event, its label and the remembered response. */
export const resourceTransactionRest = 5;
/** The maximum size of all tags of a resource. A page of resources must fit a response, where quotes are escaped twice. */
export const tagsBytesMax = 28_000;
/** The number of most recent imports that a resource stores. Its list of audit events is read from them. */
export const ingestionsRememberedMax = 10;
/** The maximum number of policies of an organization, because all are read to find those that name a user. Product rule. */
export const policiesMax = 500;
/** The maximum number of owners, pools, data sources or types in the filter of a policy. */
export const filterValuesMax = 20;
/** The maximum percentage above the average at which a policy reports an anomaly. */
export const anomalyPercentMax = 10_000;
/** The maximum number of days over which the average of an anomaly policy is computed. */
export const anomalyDaysMax = 180;

// The audit log.

/** The maximum size of the names in the label of an audit event: the addresses of one transaction of invites fit. */
export const auditLabelBytesMax = 8_000;
/** The maximum number of objects whose current names are read for an event that has no label. */
export const auditNamesReadMax = 10;

// The canary, which uses the product as its users do.

/** The interval of the canary's runs. */
export const canaryIntervalMinutes = 5;
/** The minute of an hour at which the canary also sends mails. No other run may be in progress then. */
export const canaryMailMinute = 2;
/** How long an event of SES may take to reach the invite. Events usually take seconds. */
export const canaryDeliverySeconds = 120;
/** The canary requests a new token if its token expires sooner than this. A run takes less time, so no run outlives its token. */
export const canaryTokenReserveSeconds = 300;
/** How long audit events and invites of the canary are kept. */
export const canaryRetentionDays = 7;

// Drafts: input of the console's forms that has not been sent. The browser stores it.

/** The time after which a draft is no longer restored. Product rule. */
export const draftDaysMax = 7;
/** The maximum length of a draft as JSON. */
export const draftLettersMax = 200_000;
/** The maximum number of drafts in a browser. Storing another one removes the oldest. */
export const draftsMax = 20;
/**
 * The maximum length of everything that a browser stores for one origin: 5 MB. Source:
 * https://developer.mozilla.org/en-US/docs/Web/API/Storage_API/Storage_quotas_and_eviction_criteria#web_storage
 */
export const browserStorageLettersMax = 5 * 1024 * 1024;

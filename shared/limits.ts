import { byKind, manyOf, settingsKindNames } from './asset-kinds.ts';

/**
 * Every number of the product, and the limits of the services that it runs on.
 *
 * A number belongs here when a caller, an operator or another number depends on it: what a field accepts, how long something
 * lasts, how much one request may do, how long a function runs. Whoever changes it here changes it in the route schemas, the
 * OpenAPI document, the console, the accept page and the infrastructure. `test/domain/limits.test.ts` asserts how these
 * numbers relate. A number that no other depends on stays in the one file that uses it: a size on a screen, the length of a
 * derived id, the attempts of a loop. What differs between environments is in `infra/stages.ts`.
 *
 * Each number is a constant of its own, so that a bundle contains only those that it uses. Units come last, then `Max` or `Min`.
 */

// DynamoDB. Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html

/** One TransactWriteItems accepts no more items, conditions on other items included. */
export const dynamodbTransactionItemsMax = 100;
/** The items of one TransactWriteItems hold no more together: 4 MB. */
export const dynamodbTransactionBytesMax = 4 * 1024 * 1024;
/** An item holds no more, names of attributes included: 400 KB. */
export const dynamodbItemBytesMax = 400 * 1024;
/** A sort key holds no more. */
export const dynamodbSortKeyBytesMax = 1_024;
/** A Query reads no more before it ends its page: 1 MB. */
export const dynamodbPageBytesMax = 1024 * 1024;
/** One BatchGetItem accepts no more keys. */
export const dynamodbBatchGetKeysMax = 100;
/** One BatchWriteItem accepts no more items. */
export const dynamodbBatchWriteItemsMax = 25;

// Lambda and API Gateway. Sources: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html,
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html

/** A response of a function holds no more: 6 MB. It is JSON that contains the body as a string, so quotes in it are escaped again. */
export const lambdaResponseBytesMax = 6 * 1024 * 1024;
/** No function can be given a longer time limit. */
export const lambdaTimeoutSecondsMax = 900;
/** An HTTP API waits no longer for a function and answers 503 instead. */
export const apiGatewayTimeoutSeconds = 30;
/** An HTTP API accepts no larger request. */
export const apiGatewayPayloadBytesMax = 10 * 1024 * 1024;

// SQS. Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html

/** A queue keeps messages no longer. */
export const sqsRetentionDaysMax = 14;
/** A message stays invisible for this many time limits of the function that reads it, as AWS recommends: nobody reads it twice. */
export const sqsVisibilityTimeouts = 6;

// Cognito. Sources: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html,
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html

/** A user name, which for us is an address, is no longer. */
export const cognitoUserNameLettersMax = 128;
/** The id of an app client is no longer. */
export const cognitoClientIdLettersMax = 128;
/** A password is no longer. */
export const cognitoPasswordLettersMax = 256;

// SES and e-mail.

/** The rate of an account in the sandbox, the lowest that SES grants: https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html */
export const sesMailsPerSecondMin = 1;
/** SES reviews an account above this share of bounces: https://docs.aws.amazon.com/ses/latest/dg/reputation-dashboard-dg.html */
export const sesReviewedBounceShare = 0.05;
/** SES reviews an account above this share of complaints; the same source. */
export const sesReviewedComplaintShare = 0.001;
/** The part of an address before the @ is no longer: RFC 5321, 4.5.3.1.1. */
export const emailLocalPartLettersMax = 64;

// Tags of resources come from the clouds. Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html

/** AWS allows no more tags on a resource. */
export const tagsMax = 50;
/** AWS allows no longer name of a tag. */
export const tagKeyLettersMax = 128;
/** AWS allows no longer value of a tag. */
export const tagValueLettersMax = 256;

// Functions.

/**
 * How long each function may run, by the name of its bundle. Those behind the API end before API Gateway gives up: `invites`
 * and `resources` write in many transactions one after another and use all of that time; the others are quick or have failed.
 */
export const functionTimeoutSeconds = /* @__PURE__ */ withSettingsKinds({
  me: 10,
  organizations: 10,
  users: 10,
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
});

/** With the function of each kind of asset that lies among the settings. */
function withSettingsKinds<const T extends Record<string, number>>(seconds: T) {
  return { ...seconds, ...byKind(settingsKindNames, (kind) => [manyOf(kind), 10]) };
}

/** Measured by `npm run bench:memory`: the heaviest call needs less than a third, and half of it would double every response time. */
export const functionMemoryMegabytes = 1_024;
/** Organizations whose pool tree a function remembers: each takes about 1 MB at the most pools there can be. */
export const poolTreesRememberedMax = 50;
/** Members whom a function remembers having admitted: about 1 MB. */
export const membersRememberedMax = 10_000;
/** A browser waits this long for a response: longer than API Gateway lets any request take. */
export const browserPatienceSeconds = 40;

// Writes and reads of the table.

/** Attempts of a transaction that conflicts with others or is throttled. Each pause is up to twice as long as the one before. */
export const transactionAttemptsMax = 8;
/** Up to twice this long is the first pause. */
export const transactionPauseMilliseconds = 20;
/** A call of somebody who is no member costs no more read units. Product rule. */
export const outsiderReadUnitsMax = 12;
/** The keys that an operation declares: they are read together with the organization and the membership. */
export const declaredReadsMax = 10;
/** Queries for one page of a list that goes over several partitions. Where each holds little, the page is short. */
export const queriesPerPageMax = 10;
/** More items than fit a page of the table: a Query with this limit reads a whole page. */
export const wholePageItems = 10_000;

// Requests.

/** Larger bodies are refused: the longest list of addresses is an eighth of this. */
export const requestBodyBytesMax = 1024 * 1024;
/** Every id that a request names is shorter. */
export const idLettersMax = 64;
/** An `Idempotency-Key` has effect this long. Product rule. */
export const idempotencyHours = 24;
/** Callers choose their own keys: a UUID, or a few words. */
export const idempotencyKeyLettersMax = 200;
/** The program for operators puts the organization's name and the address into its keys. */
export const operatorKeyLettersMax = 500;
/** The items of a list's page, unless the caller asks for another number. */
export const pageItemsDefault = 50;
/** The items of a list's page: as many as one BatchGetItem reads. */
export const pageItemsMax = 100;
/** A cursor holds a sort key and the filters of its list. */
export const cursorLettersMax = 2_000;
/** The sort key in a cursor: the longest that is stored, and less than DynamoDB refuses. */
export const cursorPositionBytesMax = 1_000;
/** A search finds the beginning of a text this long. */
export const searchLettersMax = 200;
/** The wrong fields that a response names: a request can be wrong in thousands of places. */
export const problemErrorsMax = 50;
/** A pointer to a wrong field is cut here: a request may contain a name of a megabyte. */
export const problemPointerLettersMax = 200;
/** The sentence of a response that refuses a request is cut here. */
export const problemDetailLettersMax = 2_000;
/** The questions of one request to check permissions: the resources that they name are read in one BatchGetItem. */
export const permissionChecksMax = 50;

// Names and money.

/** People, organizations, pools, policies, data sources and service accounts have a name that fits a line. */
export const nameLettersMax = 100;
/** Clouds allow longer names for resources. */
export const resourceNameLettersMax = 255;
/** What a cloud calls a type of resources. */
export const resourceTypeLettersMax = 100;
/** What a cloud calls a resource: an ARN, a URL. */
export const externalIdLettersMax = 500;
/** What a cloud calls an account, a subscription, a project or a cluster. */
export const cloudAccountIdLettersMax = 200;
/** Names are part of sort keys, and some letters become many bytes when case and width are folded. */
export const foldedNameBytesMax = 800;
/** Below this, an amount of money is stored exactly as given, in a number of JavaScript and of DynamoDB. */
export const moneyMax = 1e12;
/** The smallest amount of money above 0: sums are exact to the sixth decimal. */
export const moneyMin = 1e-6;

// Users and their roles.

/** Role assignments of a user, a service account or an invite. Product rule. */
export const assignmentsMax = 50;
/** The words of a name that a search finds. */
export const searchableWordsMax = 8;
/** The list entries that one transaction writes and erases, in addition to what a change of a user writes itself. */
export const userEntriesPerTransaction = 90;
/** The organizations that one person may create. Product rule. */
export const organizationsPerPersonMax = 5;
/** More organizations than one person is expected to belong to; a longer list is cut. */
export const membershipsShownMax = 500;
/** NIST SP 800-63B asks for length rather than for kinds of characters. */
export const passwordLettersMin = 12;
/** How long an access token is valid. Rights are read on each request, so this bounds only how long a stolen one is of use. */
export const accessTokenMinutes = 15;
/** How long somebody stays signed in without signing in again. */
export const signInDays = 30;
/** How long the token of a machine is valid; a machine asks for a new one by itself. */
export const machineTokenMinutes = 60;

// Accounts that accepting an invite makes.

/** An unfinished claim on an account may be taken over after this long: its holder is no longer running. */
export const claimSeconds = 15;
/** How often a request looks whether another one has finished making the same account. */
export const accountWaitsMax = 20;
/** How long it waits each time. */
export const accountWaitMilliseconds = 200;

// Invites.

/** The days that an invite may live. Product rule. */
export const inviteExpiryDaysMin = 1;
export const inviteExpiryDaysMax = 30;
/** The days that an invite lives in an organization that has not chosen. Product rule. */
export const inviteExpiryDaysDefault = 7;
/** A reminder goes out this long before the invite expires. Product rule. */
export const inviteReminderDays = 2;
/** An invite that lives no longer than this gets no reminder. Product rule. */
export const inviteUnremindedDaysMax = 3;
/** The table forgets an invite this long after it expired: until then its link says what became of it. */
export const inviteRetentionDays = 365;
/** The pause between two requests to send the same invite. Product rule. */
export const inviteResendPauseSeconds = 60;
/** The requests a day to send the same invite. Product rule. */
export const inviteResendsPerDayMax = 5;
/** The replaced secrets that an invite remembers, so that an old link says what happened to it. */
export const supersededSecretsMax = 50;
/** A personal message in the mail of an invite. Product rule. */
export const inviteMessageLettersMax = 500;
/** The addresses of one request. Product rule. */
export const inviteAddressesMax = 1_000;
/** An entry of the list of addresses: any longer and it is no attempt at an address. */
export const givenAddressLettersMax = 1_000;
/** The addresses that one transaction invites. */
export const inviteAddressesPerTransaction = 30;
/** The roles of all addresses of one request together: the response repeats them. */
export const inviteRolesTotalMax = 10_000;
/** The bytes of a response that repeat roles and message for each address: the rest is left for the addresses themselves. */
export const inviteRepeatedBytesMax = 4_000_000;
/** The invites that one request resends or revokes. */
export const inviteChangesMax = 100;
/** A link's token: two ids and the secret. */
export const tokenLettersMax = 400;
/** The pending invites that a removal's preview counts: more than anybody has. */
export const pendingInvitesCountedMax = 5_000;

// Mails.

/** Invite mails that an address gets on a day, from all organizations. Product rule. */
export const mailsPerRecipientAndDayMax = 5;
/** A mail whose response was lost is sent again after this long, unless SES's event has settled it. Product rule. */
export const sendUncertaintySeconds = 900;
/** A mail that SES certainly did not accept is tried again after 1, 2, 4 … minutes, and at the latest after this long. */
export const sendRetryMinutesMax = 60;
/** The mails of a paused organization are looked at again after this long. */
export const sendPauseMinutes = 60;
/** The days over which an organization's bounces are counted. Product rule. */
export const bounceWindowDays = 7;
/** Fewer bounces in that time never pause an organization. Product rule. */
export const bouncesMin = 10;
/** A larger share of bounces in that time pauses an organization: the reputation of the account is everybody's. Product rule. */
export const bounceShareMax = 0.02;
/** An alarm tells of a larger share of bounces of the whole account. */
export const bounceAlarmShare = 0.04;
/** An alarm tells of a larger share of complaints of the whole account. */
export const complaintAlarmShare = 0.0008;
/** The counts of an organization's mails stay this long. */
export const mailCountRetentionDays = 30;
/** A notice stays this long after it was sent. */
export const noticeRetentionDays = 30;
/** How long the rate of the account at SES is believed: AWS raises it now and then, and seldom lowers it. */
export const sesRateSeconds = 600;

// The worker.

/** The schedule starts the worker this often; a start that is older than this is dropped, because the next one does its work. */
export const workIntervalSeconds = 60;
/** A record of the stream that is older than this wakes nobody: the schedule has done its work. */
export const wakeAgeSecondsMax = 300;
/** A run keeps others away this long. Should it die, they wait until then. */
export const leaseSeconds = 75;
/** A run that has less time left takes up nothing more: the longest that one piece of work takes. */
export const workReserveSeconds = 5;
/** Work that failed is taken up again after this long, and delays nothing else. */
export const failedWorkPauseSeconds = 60;
/** Work that only a newer version knows is looked at again after this long. Until then it does not hide what can be done. */
export const unknownWorkPauseSeconds = 300;
/** The pieces of due work that are read together, so that an organization with many does not delay the others: about 1 MB of keys. */
export const dueWorkReadMax = 8_000;
/** The pieces of work before the index is read again. */
export const dueWorkPerReadMax = 100;
/** The pieces of work, each of another organization, at the same time. */
export const parallelWorkMax = 10;
/** A run that has less time left leaves the rest of a follow-up to the next. */
export const followUpReserveSeconds = 15;
/** A follow-up is taken up again after this long, should the run that began it die. */
export const followUpResumptionSeconds = 300;
/** A finished follow-up is looked at once more after this long, because an index lags behind the table. */
export const followUpSecondLookSeconds = 60;
/** A follow-up that a run leaves to the next is due after this long. */
export const followUpPauseSeconds = 5;
/** An alarm tells of work that has been due for longer. */
export const overdueWorkAlarmSeconds = 900;

// Removals.

/** The bytes of a successor's record with all it takes over. The rest of an item is left for what other changes add. */
export const userRecordBytesMax = 300_000;
/** The queries for resources of a removal's preview. */
export const resourceQueriesMax = 9;
/** About as many resources as one of them counts, at 200 bytes each in the index. */
export const resourcesPerQuery = 5_000;
/** The users that one transaction points to the owner at the end of their chain of successors. */
export const shortenedChainsPerTransaction = 90;

// Pools.

/** The pools of an organization: all are answered in one list. Product rule. */
export const poolsMax = 5_000;
/** The pools on a path, the root included. Product rule. */
export const poolDepthMax = 10;
/** A path is certainly torn by a concurrent move once it is longer. */
export const poolStepsMax = 50;
/** The bytes of a pool's path in a response: the list contains the path of every pool. */
export const poolPathBytesMax = 600;
/** The ids of deleted pools that the pool above them keeps. */
export const absorbedPoolsMax = 2_000;

// Resources and policies.

/** The resources of one request. */
export const resourcesPerRequestMax = 100;
/** The resources that one transaction writes; fewer where they name many owners. */
export const resourcesPerTransaction = 50;
/** The bytes of all tags of a resource: a page of resources has to fit a response, and quotes in tags are escaped twice. */
export const tagsBytesMax = 28_000;
/** The imports that a resource remembers, to list their audit events. */
export const ingestionsRememberedMax = 10;
/** The policies of an organization: all are read to find those that name a user. Product rule. */
export const policiesMax = 500;
/** The owners, pools, data sources or types that a policy's filter names. */
export const filterValuesMax = 20;
/** An anomaly is at most this far above the average. */
export const anomalyPercentMax = 10_000;
/** The average of an anomaly is taken over at most this long. */
export const anomalyDaysMax = 180;

const prefix = 'roster.kept ';

/**
 * Wraps a `fetch` with a cache, for responses that are large and rarely change. Stores each response with its ETag and revalidates
 * it with `If-None-Match`. The caller always receives the whole response. The cache is in the tab's session storage, like the session:
 * it survives a reload, is deleted with the tab, and separates people from each other.
 */
export const keepingResponses =
  (send: typeof fetch, personId: () => string | undefined): typeof fetch =>
  async (input, init) => {
    const key = `${prefix}${personId()} ${addressOf(input)}`;
    const kept = readKept(key);
    if (!kept) return keep(key, await send(input, init));
    const response = await send(input, {
      ...init,
      headers: { ...(init?.headers as object), 'if-none-match': kept.etag },
    });
    if (response.status === 304) return new Response(kept.body, { headers: response.headers });
    return keep(key, response);
  };

/** Deletes the cache of this tab. */
export const forgetResponses = (): void => {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
};

const addressOf = (input: Parameters<typeof fetch>[0]): string =>
  input instanceof Request ? input.url : String(input);

const readKept = (key: string): { etag: string; body: string } | undefined => {
  const text = sessionStorage.getItem(key);
  // No ETag contains a line break.
  const end = text?.indexOf('\n') ?? -1;
  return text === null || end < 0 ? undefined : { etag: text.slice(0, end), body: text.slice(end + 1) };
};

const keep = async (key: string, response: Response): Promise<Response> => {
  const etag = response.headers.get('etag');
  if (!response.ok || etag === null) {
    sessionStorage.removeItem(key);
    return response;
  }
  const body = await response.text();
  try {
    sessionStorage.setItem(key, `${etag}\n${body}`);
  } catch {
    // The storage is full. The next request reads the whole response again.
    sessionStorage.removeItem(key);
  }
  return new Response(body, { status: response.status, headers: response.headers });
};

/** The page that explains every error code. The `type` of a problem leads to its entry: `/docs/errors#user_not_found`. */
export const errorCataloguePath = '/docs/errors';

/** Styles are gathered into one sheet: see infra/constructs/bundle-console.ts. */
declare module '*.css';

/** A file as text inside the bundle: scripts bundled, styles minified. See infra/constructs/bundle.ts. */
declare module '*?inline' {
  const text: string;
  export default text;
}

/** The bundler combines all styles into one style sheet: see infra/constructs/bundle-console.ts. */
declare module '*.css';

/** A script that the documentation shows. */
declare module '*.py' {
  const text: string;
  export default text;
}

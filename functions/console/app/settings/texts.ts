export const settingsTexts = {
  settings: 'Settings',
  organization: 'Organization',
};

/** The parts of `Roster <roster@example.com>`. */
export const senderOf = (sender: string): { name: string; address: string } => {
  const [, name = '', address = ''] = /^([^<>]+) <([^<>]+)>$/.exec(sender) ?? [];
  return { name, address };
};

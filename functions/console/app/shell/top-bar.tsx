import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useLocation } from 'wouter';
import { shownAddress } from '../../../../shared/shown-address.ts';
import { useRead } from '../data/use-read.ts';
import { useOrganizations } from '../organization/use-organizations.ts';
import { shortened } from '../parts/shortened.ts';
import { signOut } from '../session/sign-out.ts';
import { shellTexts as texts } from './texts.ts';
import { useTheme } from './theme.ts';

/** The maximum length of a name in the bar, so that there is room for the others. */
const nameLettersMax = 28;

/** The organization switcher, dark mode and the person's own menu. */
export const TopBar = ({ organizationId }: { organizationId?: string }) => {
  const [, navigate] = useLocation();
  const { dark, toggle } = useTheme();
  const { data: organizations = [] } = useOrganizations();
  const current = organizations.find(({ id }) => id === organizationId);
  const { data: person = { name: texts.account, email: '' } } = useRead('getMe', {});

  const switcher: TopNavigationProps.Utility[] = current
    ? [
        {
          type: 'menu-dropdown',
          text: shortened(current.name, nameLettersMax),
          title: current.name,
          ariaLabel: `${texts.organizations}: ${shortened(current.name, nameLettersMax)}`,
          iconName: 'group',
          items: [
            {
              text: texts.organizations,
              items: organizations.map(({ id, name }) => ({
                id: `/console/${id}/users`,
                text: name,
                ...(id === organizationId && { description: texts.currentOrganization }),
              })),
            },
            { id: '/console/new', text: texts.createOrganization, iconName: 'add-plus' },
          ],
          onItemClick: ({ detail }) => navigate(detail.id),
        },
      ]
    : [];

  const mine =
    organizationId === undefined ? [] : [{ id: 'me', text: texts.me, href: `/console/${organizationId}/me` }];

  return (
    <div id="top-bar">
      <TopNavigation
        identity={{ title: texts.product, href: '/' }}
        i18nStrings={{
          overflowMenuTriggerText: texts.more,
          overflowMenuTitleText: texts.allMenu,
          overflowMenuBackIconAriaLabel: texts.back,
          overflowMenuDismissIconAriaLabel: texts.close,
        }}
        utilities={[
          ...switcher,
          {
            type: 'button',
            text: dark ? texts.light : texts.dark,
            disableUtilityCollapse: false,
            onClick: toggle,
          },
          {
            type: 'menu-dropdown',
            text: shortened(person.name, nameLettersMax),
            description: shownAddress(person.email),
            iconName: 'user-profile',
            ariaLabel: `${texts.account}: ${shortened(person.name, nameLettersMax)}`,
            items: [...mine, { id: 'sign-out', text: texts.signOut }],
            onItemClick: ({ detail }) => void (detail.id === 'sign-out' && signOut()),
            onItemFollow: (event) => {
              event.preventDefault();
              navigate(event.detail.href ?? '/');
            },
          },
        ]}
      />
    </div>
  );
};

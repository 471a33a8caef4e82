import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useLocation } from 'wouter';
import { useOrganization } from '../organization/use-organization.ts';
import { pages, sectionTitles } from '../pages.ts';

export const SideBar = ({ title }: { title: string }) => {
  const { pathTo } = useOrganization();
  const [location, navigate] = useLocation();
  const links = (section: 'main' | 'settings'): SideNavigationProps.Link[] =>
    pages
      .filter((page) => page.section === section)
      .map(({ title: text, path }) => ({ type: 'link', text, href: pathTo(path) }));
  const settings = links('settings');
  const items: SideNavigationProps.Item[] = [
    ...links('main'),
    ...(settings.length > 0 ? [{ type: 'section', text: sectionTitles.settings, items: settings } as const] : []),
  ];
  const active = [...links('main'), ...settings].find(
    ({ href }) => location === href || location.startsWith(`${href}/`),
  );
  return (
    <SideNavigation
      header={{ text: title, href: pathTo('/users') }}
      items={items}
      activeHref={active?.href ?? ''}
      onFollow={(event) => {
        if (event.detail.external) return;
        event.preventDefault();
        navigate(event.detail.href);
      }}
    />
  );
};

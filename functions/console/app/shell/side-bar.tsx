import SideNavigation from '@cloudscape-design/components/side-navigation';
import { useLocation } from 'wouter';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { useOpenPages } from '../rights/use-open-pages.ts';
import { shellTexts as texts } from './texts.ts';

export const SideBar = ({ title }: { title: string }) => {
  const { params, pathTo } = useOrganization();
  // Shows no links until the person’s rights are known: a link that is added later would move the others while somebody clicks.
  const { isPending } = useRead('getMyUser', { params });
  const [location, navigate] = useLocation();
  const links = [
    ...useOpenPages('main').map(({ title: text, path }) => ({ text, href: pathTo(path), under: pathTo(path) })),
    { text: texts.settings, href: pathTo('/settings/organization'), under: pathTo('/settings') },
  ];
  const active = links.find(({ under }) => location === under || location.startsWith(`${under}/`));
  return (
    <SideNavigation
      header={{ text: title, href: pathTo('/users') }}
      items={(isPending ? [] : links).map(({ text, href }) => ({ type: 'link', text, href }))}
      activeHref={active?.href ?? ''}
      onFollow={(event) => {
        if (event.detail.external) return;
        event.preventDefault();
        navigate(event.detail.href);
      }}
    />
  );
};

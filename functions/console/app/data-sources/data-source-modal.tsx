import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { entryOf } from '../../../../shared/open-enum.ts';
import { objectOf, oneOf, optionalShape, textShape } from '../parts/draft-shape.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { OwnerField } from '../parts/owner-field.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { useDraft } from '../parts/use-draft.ts';
import { chosenUserShape } from '../parts/user-select.tsx';
import { shellTexts } from '../shell/texts.ts';
import type { DataSource, DataSourceType } from './data-source.ts';
import { dataSourcesTexts as texts, dataSourceTypeTexts } from './texts.ts';
import { useSaveDataSource, type DataSourceDraft } from './use-save-data-source.ts';

const dataSourceTypes = Object.entries(dataSourceTypeTexts).map(([value, { name }]) => ({
  value,
  label: name,
}));

const shape = objectOf<DataSourceDraft>({
  type: oneOf(dataSourceTypes.map(({ value }) => value)),
  name: textShape,
  accountId: textShape,
  owner: optionalShape(chosenUserShape),
});

interface DataSourceModalProps {
  /** The data source to edit. If absent, the form connects a new one. */
  source: DataSource | undefined;
  onClose: () => void;
}

export const DataSourceModal = ({ source, onClose }: DataSourceModalProps) => {
  const { name = '', accountId = '' } = source ?? {};
  const input = useDraft<DataSourceDraft>({
    name: 'data-source',
    of: source?.id,
    ...(source && { version: source.version }),
    initial: { type: 'aws', name, accountId, owner: undefined },
    shape,
  });
  const draft = input.value;
  const { save, reload, error, busy } = useSaveDataSource(source, input);
  const type = source?.type ?? draft.type;
  const change = (changes: Partial<DataSourceDraft>) => input.set({ ...draft, ...changes });
  const problem = placeProblem(error, ['/type', '/name', '/accountId', '/ownerId']);

  return (
    <FormModal
      header={source ? texts.edit(source.name) : texts.create}
      submit={source ? shellTexts.save : texts.create}
      busy={busy}
      draft={input}
      onSubmit={() => save(draft).then((saved) => saved && onClose())}
      onClose={onClose}
    >
      <ProblemAlert error={error} placed={problem} reload={reload} />
      <FormField label={texts.type} constraintText={source && texts.typeStays} errorText={problem.at('/type')}>
        <Select
          disabled={source !== undefined}
          selectedOption={dataSourceTypes.find(({ value }) => value === type) ?? { value: type }}
          options={dataSourceTypes}
          onChange={({ detail }) => change({ type: detail.selectedOption.value as DataSourceType })}
        />
      </FormField>
      <FormField
        label={entryOf(dataSourceTypeTexts, type)?.account ?? texts.columns.accountId}
        errorText={problem.at('/accountId')}
      >
        <Input
          value={draft.accountId}
          readOnly={source !== undefined}
          spellcheck={false}
          onChange={({ detail }) => change({ accountId: detail.value })}
        />
      </FormField>
      <FormField label={texts.name} errorText={problem.at('/name')}>
        <Input value={draft.name} onChange={({ detail }) => change({ name: detail.value })} />
      </FormField>
      <OwnerField
        value={draft.owner}
        now={source && { id: source.ownerId, name: source.ownerName }}
        onChange={(owner) => change({ owner })}
        errorText={problem.at('/ownerId')}
      />
    </FormModal>
  );
};

import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { pageItemsDefault } from '../../../../shared/limits.ts';
import { usePages } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { OwnedTable } from '../parts/owned-table.tsx';
import { Empty } from '../parts/states.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { DeletePolicyModal } from './delete-policy-modal.tsx';
import { policiesColumns } from './policies-columns.tsx';
import { policyTypes } from './policy-fields.ts';
import { PolicyModal } from './policy-modal.tsx';
import { policiesTexts as texts, policyTypeTexts } from './texts.ts';

const anyType = { value: '', label: texts.anyType };
const options = [anyType, ...policyTypes.map((type) => ({ value: type, label: policyTypeTexts[type].name }))];

const PoliciesPage = () => {
  const { params } = useOrganization();
  const [{ type: given }, setFilters] = useFilters(['type']);
  const type = policyTypes.find((each) => each === given);
  const policies = usePages('listPolicies', { params, query: { type } }, pageItemsDefault);
  return (
    <OwnedTable
      words={texts.list}
      right="manage_policies"
      list={policies}
      columns={policiesColumns}
      filter={
        <FormField label={texts.type}>
          <Select
            selectedOption={options.find(({ value }) => value === type) ?? anyType}
            options={options}
            onChange={({ detail }) => setFilters({ type: detail.selectedOption.value })}
          />
        </FormField>
      }
      noneFound={
        type && (
          <Empty
            title={texts.noneOfType}
            action={<Button onClick={() => setFilters({ type: '' })}>{texts.clear}</Button>}
          />
        )
      }
      form={(policy, onClose) => <PolicyModal policy={policy} onClose={onClose} />}
      deletion={(policy, onClose) => <DeletePolicyModal policy={policy} onClose={onClose} />}
    />
  );
};

export default PoliciesPage;

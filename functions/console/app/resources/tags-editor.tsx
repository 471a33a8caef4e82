import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import Input from '@cloudscape-design/components/input';
import { tagsMax } from '../../../../shared/limits.ts';
import type { TagDraft } from './tag-draft.ts';
import { resourcesTexts as texts } from './texts.ts';

interface TagsEditorProps {
  value: TagDraft[];
  onChange: (value: TagDraft[]) => void;
  /** The error texts of the keys, by index. */
  wrong: (string | undefined)[];
}

export const TagsEditor = ({ value, onChange, wrong }: TagsEditorProps) => {
  const replace = (index: number, changed: Partial<TagDraft>) =>
    onChange(value.map((each, position) => (position === index ? { ...each, ...changed } : each)));
  const full = value.length >= tagsMax;
  return (
    <AttributeEditor
      items={value}
      empty={texts.noTags}
      addButtonText={texts.addTag}
      removeButtonText={texts.removeTag}
      removeButtonAriaLabel={({ key }) => texts.removeTagOf(key)}
      disableAddButton={full}
      additionalInfo={full ? texts.mostTags(tagsMax) : undefined}
      onAddButtonClick={() => onChange([...value, { key: '', value: '' }])}
      onRemoveButtonClick={({ detail }) => onChange(value.filter((_, index) => index !== detail.itemIndex))}
      definition={[
        {
          label: texts.tagKey,
          errorText: (_, index) => wrong[index],
          control: ({ key }, index) => (
            <Input value={key} onChange={({ detail }) => replace(index, { key: detail.value })} />
          ),
        },
        {
          label: texts.tagValue,
          control: (tag, index) => (
            <Input value={tag.value} onChange={({ detail }) => replace(index, { value: detail.value })} />
          ),
        },
      ]}
    />
  );
};

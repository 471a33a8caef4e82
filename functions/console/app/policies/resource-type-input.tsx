import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { filterTexts as texts } from './texts.ts';

/** The field for a resource type. Pressing Enter or leaving the field adds the type. */
export const ResourceTypeInput = ({ onAdd }: { onAdd: (type: string) => void }) => {
  const [text, setText] = useState('');
  const add = () => {
    if (text.trim() !== '') onAdd(text.trim());
    setText('');
  };
  return (
    <Input
      value={text}
      placeholder={texts.addType}
      onChange={({ detail }) => setText(detail.value)}
      onBlur={add}
      onKeyDown={(event) => {
        if (event.detail.key !== 'Enter' || text === '') return;
        // Otherwise Enter would submit the form.
        event.preventDefault();
        add();
      }}
    />
  );
};

import Button from '@cloudscape-design/components/button';
import FileInput from '@cloudscape-design/components/file-input';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { usePools } from '../organization/use-pools.ts';
import { toCsv } from '../parts/csv.ts';
import { decodeText } from '../parts/decode-text.ts';
import { download } from '../parts/download.ts';
import { fileTexts as texts } from './file-texts.ts';
import { readInviteFile, templateRows, type InviteFile } from './invite-file.ts';

/** The maximum size of a file in bytes. A file with the most people that one request can invite is far smaller. */
const fileBytesMax = 1_000_000;

/** The control that imports a CSV file of people to invite, with a link that downloads a template. */
export const FileChoice = ({ onChoose }: { onChoose: (file: InviteFile) => void }) => {
  const { tree } = usePools();
  const [problem, setProblem] = useState<string>();
  const read = async (file: File) => {
    if (file.size > fileBytesMax) return setProblem(texts.tooLarge);
    const result = readInviteFile(file.name, decodeText(new Uint8Array(await file.arrayBuffer())), tree);
    if ('problem' in result) return setProblem(result.problem);
    setProblem(undefined);
    onChoose(result.file);
  };
  return (
    <FormField description={texts.hint} constraintText={texts.about} errorText={problem} stretch>
      <SpaceBetween direction="horizontal" size="s" alignItems="center">
        <FileInput
          accept=".csv,.tsv,.txt,text/csv"
          value={[]}
          onChange={({ detail }) => {
            const [file] = detail.value;
            if (file) void read(file);
          }}
        >
          {texts.choose}
        </FileInput>
        <Button
          variant="inline-link"
          formAction="none"
          onClick={() => download(texts.templateName, 'text/csv', toCsv(templateRows(tree)))}
        >
          {texts.template}
        </Button>
      </SpaceBetween>
    </FormField>
  );
};

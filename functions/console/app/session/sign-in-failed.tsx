import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { shellTexts as texts } from '../shell/texts.ts';
import { signIn } from './session.ts';

export const SignInFailed = () => (
  <Box padding="xxl">
    <main>
      <Box variant="h1" margin={{ bottom: 'm' }}>
        {texts.product}
      </Box>
      <Alert
        type="warning"
        header={texts.signInFailed}
        action={<Button onClick={() => void signIn('/')}>{texts.signInAgain}</Button>}
      >
        {texts.signInFailedText}
      </Alert>
    </main>
  </Box>
);

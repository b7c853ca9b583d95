'use client';
import { Button, TextInput } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import type { HealingTrace } from '@selfheal/contracts';
import { useState } from 'react';
import type { Decision, GatewayClient } from '../gateway/gateway-client';
import { messageOf } from '../live/use-dashboard';
import { Card } from './Card';
import classes from './reasoning-lane.module.css';

interface Props {
  readonly trace: HealingTrace;
  readonly approval: NonNullable<HealingTrace['approval']>;
  readonly client: GatewayClient;
}

/** Asks a person, about exactly the digest that is shown: the gateway refuses a decision on anything else. */
export function ApprovalCard({ trace, approval, client }: Props) {
  if (trace.status === 'AWAITING_APPROVAL' && approval.state === 'requested')
    return <Ask key={approval.digest} trace={trace} approval={approval} client={client} />;
  if (approval.state === 'requested') return null;
  const granted = approval.state === 'granted';
  return (
    <Card
      title="Approval"
      aside={
        <span className={classes.pill} data-tone={granted ? 'healed' : 'escalated'}>
          {approval.state}
        </span>
      }
    >
      <p className={classes.soft}>
        {`By ${approval.by ?? 'someone'}`}
        {approval.reason && `: ${approval.reason}`}
      </p>
    </Card>
  );
}

function Ask({ trace, approval, client }: Props) {
  const [by, setBy] = useLocalStorage({ key: 'selfheal-approver', defaultValue: '' });
  const [reason, setReason] = useState('');
  const [sending, setSending] = useState<Decision['decision']>();
  const [sent, setSent] = useState(false);
  const [problem, setProblem] = useState<string>();
  const name = by.trim();

  const decide = async (decision: Decision['decision']) => {
    setProblem(undefined);
    setSending(decision);
    try {
      await client.decide(trace.trace_id, { digest: approval.digest, decision, by: name, reason: reason.trim() });
      setSent(true);
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setSending(undefined);
    }
  };

  return (
    <Card title="Your decision" tone="waiting" aside={<code className={classes.soft}>{`digest ${approval.digest.slice(0, 12)}`}</code>}>
      <p className={classes.lead}>{approval.reason || 'Policy wants a person to decide on this patch.'}</p>
      <p className={classes.soft}>It is bound to the patch, verdict and proof below, and to nothing else.</p>
      <div className={classes.form}>
        <TextInput
          label="Your name"
          value={by}
          maxLength={256}
          autoComplete="name"
          onChange={(event) => setBy(event.currentTarget.value)}
        />
        <TextInput label="Reason (optional)" value={reason} maxLength={2000} onChange={(event) => setReason(event.currentTarget.value)} />
      </div>
      <div className={classes.buttons}>
        <Button color="mend" disabled={!name || sent || sending === 'deny'} loading={sending === 'grant'} onClick={() => decide('grant')}>
          Approve
        </Button>
        <Button
          color="red"
          variant="outline"
          disabled={!name || sent || sending === 'grant'}
          loading={sending === 'deny'}
          onClick={() => decide('deny')}
        >
          Deny
        </Button>
        <p className={classes.soft} aria-live="polite">
          {sent ? 'Sent.' : !name && 'Your name goes into the audit trail.'}
        </p>
      </div>
      {problem && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </Card>
  );
}

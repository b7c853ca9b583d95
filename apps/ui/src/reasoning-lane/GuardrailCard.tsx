import type { CheckVerdict, Verdict } from '@selfheal/contracts';
import { Icon, type IconName } from '../shared/Icon';
import { Card } from './Card';
import { boxesOf, type GuardrailBox, otherChecks } from './guardrail-boxes';
import classes from './reasoning-lane.module.css';

const LOOK: Record<GuardrailBox['state'], { icon: IconName; tone: string; word: string }> = {
  passed: { icon: 'check', tone: 'healed', word: 'passed' },
  failed: { icon: 'cross', tone: 'escalated', word: 'failed' },
  pending: { icon: 'clock', tone: 'quiet', word: 'pending' },
};

/** The four boxes first, then every other check that ran. All verdicts are shown, not only the first failure. */
export function GuardrailCard({ verdict }: { verdict: Verdict | undefined }) {
  const others = verdict ? otherChecks(verdict) : [];
  const passed = verdict?.checks.filter((check) => check.passed).length ?? 0;
  return (
    <Card
      title="Guardrails"
      aside={verdict && <span className={classes.tag}>{`${passed} of ${verdict.checks.length} checks passed`}</span>}
    >
      <ul className={classes.boxes} aria-label="The four guardrails">
        {boxesOf(verdict).map((box) => (
          <li
            key={box.field}
            className={classes.box}
            data-tone={LOOK[box.state].tone}
            data-testid={`guardrail-${box.field}`}
            data-state={box.state}
          >
            <span className={classes.boxMark}>
              <Icon name={LOOK[box.state].icon} size={15} />
              {LOOK[box.state].word}
            </span>
            <strong>{box.title}</strong>
            <code>{box.field}</code>
            {box.reason && <span className={classes.boxReason}>{box.reason}</span>}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <ul className={classes.checks} aria-label="Other checks">
          {others.map((check) => (
            <Check key={check.check} check={check} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Check({ check }: { check: CheckVerdict }) {
  const look = LOOK[check.passed ? 'passed' : 'failed'];
  return (
    <li data-tone={look.tone}>
      <span className={classes.checkMark} title={look.word}>
        <Icon name={look.icon} size={13} />
      </span>
      <code>{check.check}</code>
      <span className={classes.checkReason}>
        {check.reason}
        {!check.passed && check.evidence.map((line) => <code key={line}>{line}</code>)}
      </span>
    </li>
  );
}

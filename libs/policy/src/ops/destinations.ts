import type { Op } from './op.js';

/** A host that the code did not name before: where data could go, or come from. The path may change, the host not. */
export const destination: Op = (node) => {
  const text =
    node.type === 'Literal' && typeof node.value === 'string' ? node.value : node.type === 'TemplateElement' ? node.value.raw : '';
  const found = [...text.matchAll(/\b(?:https?|wss?|ftp|tcp|udp|nats|redis|amqp|smtp|ldap|jndi):\/\/([^\s/'"`?#\\]*)/gi)];
  return found.map(([, authority = '']) => {
    const host = authority.replace(/:\d+$/, '').toLowerCase();
    return { what: `names the host ${host.slice(0, 100) || '(computed)'}`, key: host };
  });
};

import { keyName, lookup, type Node, type NodeOf, type Project, type SourceFile } from '@selfheal/engine';
import { addProperty } from '../shared/objects.js';
import { assignedValue, emptyOf, type TypeFix, typeFix } from './spot.js';

const ONE = /^Property '([^']{1,128})' is missing in type '.*?' but required in type '([\w$]{1,128})(?:<.*>)?'/;
const SEVERAL = /is missing the following properties from type '([\w$]{1,128})(?:<.*>)?': ([\w$, ]{1,1000})/;

/** TS2741, TS2739, TS2740: an object literal lacks properties that its type wants: a variable of that name, else an empty value. */
export const missingProperty: TypeFix = (spot) => {
  const { file, project, diagnostic } = spot;
  const [, one, oneType] = ONE.exec(diagnostic.message) ?? [];
  const [, severalType, several] = SEVERAL.exec(diagnostic.message) ?? [];
  const type = oneType ?? severalType;
  const names = one ? [one] : (several?.split(',').map((name) => name.trim()) ?? []);
  const value = spot.widest.type === 'ObjectExpression' ? spot.widest : assignedValue(spot);
  if (!type || names.length === 0 || value?.type !== 'ObjectExpression') return [];
  const texts = names.map((name) => {
    if (lookup(file, name, value)) return name;
    const empty = emptyOf(typeOfMember(project, type, name) ?? '');
    return empty === undefined ? undefined : `${name}: ${empty}`;
  });
  if (texts.some((text) => text === undefined)) return [];
  const edit = addProperty(file, value as NodeOf<'ObjectExpression'>, texts.join(', '));
  return [typeFix({ [file.path]: [edit] }, 'missing-property', `give the ${type} its ${names.join(', ')}`, 0.8)];
};

/** The annotation of a member of an interface or of a type alias of an object, as text. */
function typeOfMember(project: Project, type: string, member: string): string | undefined {
  for (const file of project.files())
    for (const node of file.nodes) {
      const members = membersOf(node, type);
      for (const each of members) {
        if (each.type !== 'TSPropertySignature' || keyName(each.key, each.computed) !== member || !each.typeAnnotation) continue;
        return annotation(file, each.typeAnnotation);
      }
    }
  return undefined;
}

function membersOf(node: Node, type: string): readonly Node[] {
  if (node.type === 'TSInterfaceDeclaration' && node.id.name === type) return node.body.body;
  if (node.type === 'TSTypeAliasDeclaration' && node.id.name === type && node.typeAnnotation.type === 'TSTypeLiteral')
    return node.typeAnnotation.members;
  return [];
}

const annotation = (file: SourceFile, node: Node): string => file.textOf(node).replace(/^:\s*/, '');

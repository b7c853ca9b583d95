import type { Rule } from '../site.js';
import { blocksByIndent, missingClosers, missingOpeners, wrongBrackets } from './brackets.js';
import { conflictMarkers } from './conflicts.js';
import { asyncFunctions, duplicateDeclarations, typesInScript } from './declarations.js';
import { notJson } from './json.js';
import { missingKeywords, misspeltKeywords, reservedNames } from './keywords.js';
import { missingOperators, tornOperators, wrongOperators } from './operators.js';
import {
  arrowParameters,
  bareConditions,
  bareTry,
  brokenComments,
  floorDivision,
  forHeaders,
  strayLines,
  strayTokens,
} from './statements.js';
import { foreignCharacters, unclosedStrings, wrongQuotes } from './strings.js';

/** Mistakes in a script. A new one is a function in a file here and a name in this list. */
export const SCRIPT_RULES: readonly Rule[] = [
  conflictMarkers,
  unclosedStrings,
  wrongQuotes,
  foreignCharacters,
  blocksByIndent,
  missingClosers,
  missingOpeners,
  wrongBrackets,
  wrongOperators,
  tornOperators,
  missingOperators,
  misspeltKeywords,
  missingKeywords,
  reservedNames,
  duplicateDeclarations,
  asyncFunctions,
  bareConditions,
  forHeaders,
  arrowParameters,
  brokenComments,
  bareTry,
  floorDivision,
  typesInScript,
  strayLines,
  strayTokens,
];

export const JSON_RULES: readonly Rule[] = [
  conflictMarkers,
  notJson,
  unclosedStrings,
  wrongQuotes,
  foreignCharacters,
  missingClosers,
  missingOpeners,
  missingOperators,
  wrongOperators,
  strayTokens,
];

// What Modelina makes of the AsyncAPI documents: a name for everything, and what is always there required.
import assert from 'node:assert/strict';
import { Parser, fromFile } from '@asyncapi/parser';
import { TypeScriptGenerator } from '@asyncapi/modelina';

for (const [file, type, member] of [
  [process.argv[2], 'ReservationChange', 'dayVersion: number;'],
  [process.argv[3], 'DayFrame', 'slots: Slot[];'],
]) {
  const { document, diagnostics } = await fromFile(new Parser(), file).parse();
  assert.deepEqual(diagnostics.filter(({ severity }) => severity === 0).map(({ message }) => message), []);
  const models = await new TypeScriptGenerator({ modelType: 'interface' }).generate(document);
  assert.deepEqual(models.map(({ modelName }) => modelName).filter((name) => /Anonymous|Colon/.test(name)), []);
  assert.match(models.find(({ modelName }) => modelName === type).result, new RegExp(member.replace(/[[\]]/g, '\\$&')));
}
console.log('named');

export default {
  answersIn: 'répond en {ms} ms',
  doesNotAnswer: 'ne répond pas',
  lagsBy: 'répond, {s} s de retard',
  allServes: 'Tout fonctionne',
  notAll: 'Tout ne fonctionne pas',
};

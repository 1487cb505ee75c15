export default {
  answersIn: 'antwortet in {ms} ms',
  doesNotAnswer: 'antwortet nicht',
  lagsBy: 'antwortet, {s} s zurück',
  allServes: 'Alles ist da',
  notAll: 'Nicht alles ist da',
};

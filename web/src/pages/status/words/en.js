export default {
  answersIn: 'answers in {ms} ms',
  doesNotAnswer: 'does not answer',
  lagsBy: 'answers, {s} s behind',
  allServes: 'Everything serves',
  notAll: 'Not everything serves',
};

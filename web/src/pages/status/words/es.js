export default {
  answersIn: 'responde en {ms} ms',
  doesNotAnswer: 'no responde',
  lagsBy: 'responde, {s} s de retraso',
  allServes: 'Todo funciona',
  notAll: 'No todo funciona',
};

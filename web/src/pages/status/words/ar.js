export default {
  answersIn: 'يرد خلال {ms} مللي ثانية',
  doesNotAnswer: 'لا يرد',
  lagsBy: 'يرد متأخراً {s} ثانية',
  allServes: 'كل شيء يعمل',
  notAll: 'ليس كل شيء يعمل',
};

/** Of the package; written where the module is assembled. */
export const version = '0.0.0-source';

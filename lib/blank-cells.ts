/**
 * What a blank cell of a CSV file declares.
 */
export enum BlankCells {
  /**
   * Nothing: the user keeps what they have in the attribute.
   */
  LEAVE_ALONE = 'LEAVE_ALONE',

  /**
   * That the user does not have the attribute: it is deleted.
   */
  DELETE = 'DELETE',
}

/** What `casement --help` prints. */
export const help = `casement: customer cases for any page

  casement serve [--port PORT] [--host HOST] [--data FOLDER]
      Starts the server. Its address: http://localhost:4180 unless told.

  casement import FILE.csv --map MAP.json [--tenant TENANT] [--report FILE] [--data FOLDER]
      Takes over the cases of a CSV file, each once by its external reference: run it again to go on after an
      interruption. Works beside a running server. Rows that cannot be taken go to FILE.rejected.csv.

  casement token --roles ROLE[,ROLE] | --as PERSON [--tenant TENANT] [--expires 12h] [--data FOLDER]
      Prints a token for development: for anybody with those roles, or for a person of the database (id or name).

  Environment            Means                                                      Unless set
  PORT, HOST             Where the server listens                                   4180, 127.0.0.1
  CASEMENT_DATA          Data folder: database, attachments, secret                 .casement/
  DATABASE_URL           A PostgreSQL of your own (15 or newer)                     embedded PostgreSQL
  CASEMENT_JWT_SECRET    Secret your server signs tokens with (HS256)               one made in the data folder
  CASEMENT_JWKS_URL      Or: address of its public keys (RS256, ES256, EdDSA)
  CASEMENT_ISSUER        What "iss" of a token must be                              anything
  CASEMENT_AUDIENCE      What "aud" of a token must be                              anything
  CASEMENT_ALLOWED_ORIGINS  Origins whose pages may call, separated by commas       none
`;

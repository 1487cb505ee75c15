-- One service's role and database, for databases.sh and for whoever does it by hand; {name} is booking or availability. RDS' master is no superuser: he may
-- give a database only to a role that he could take on himself, hence the grant ("must be able to SET ROLE").
CREATE ROLE {name} LOGIN;
ALTER ROLE {name} PASSWORD '{password}';
GRANT {name} TO CURRENT_USER;
CREATE DATABASE {name} OWNER {name};
REVOKE CONNECT ON DATABASE {name} FROM PUBLIC;

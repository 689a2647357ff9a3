/** Whatever this process writes (the database, pushed results, a CSV) is for its own user only. */
process.umask(0o077)

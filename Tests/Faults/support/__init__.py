"""What the tests of faults and of hostile input share."""

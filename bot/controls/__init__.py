"""What can be tapped below a reply. All that a control needs stands in its id, so that it outlives a restart."""
